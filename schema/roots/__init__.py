"""Query, Mutation and Subscription: each field calls one use case."""
