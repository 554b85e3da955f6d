"""What a resolver is told about the operation it is part of."""

import strawberry

from resolvers.context import Context

Info = strawberry.Info[Context, None]
