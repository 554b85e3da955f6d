"""What people use the dashboard for, by the operations of all doors."""

from collections.abc import Mapping

# GraphQL's root fields, REST's operation ids, and the sockets that have no operations.
FEATURES: Mapping[str, str] = {
    "sign_in": "login refreshToken refresh logout authenticate",
    "profile": "me changePassword",
    "people": "users user node list_users get_user",
    "accounts": "createUser updateUser deleteUser create_user update_user delete_user",
    "stats": "stats get_stats",
    "metrics": "metrics metricNames get_metrics",
    "activity": "activity list_activity",
    "inbox": "notifications markNotificationsRead",
    "announcements": "sendNotification",
    "presence": "onlineUsers",
    "sessions": "sessions revokeSession revokeOtherSessions",
    "api_keys": "apiKeys createApiKey revokeApiKey",
    "recording": "recordMetrics recordActivity record_metrics record_activity",
    "exports": "export_users export_activity",
    "live_stats": "dashboardUpdated",
    "live_metrics": "metricUpdated",
    "live_activity": "activityAdded",
    "live_inbox": "notificationReceived",
    "live_presence": "userStatusChanged",
    "legacy_sockets": "ws socket.io",
}
FEATURE_OF: Mapping[str, str] = {
    operation: feature
    for feature, operations in FEATURES.items()
    for operation in operations.split()
}
