"""Things that can be fetched again by id alone."""

import strawberry


@strawberry.interface(
    description="Anything `node(id)` finds. The letters before the underscore of an "
    "id say what it is: `u_` a user, `a_` an activity, `n_` a notification."
)
class Node:
    id: strawberry.ID
