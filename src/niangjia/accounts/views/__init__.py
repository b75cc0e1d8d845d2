"""Pages of accounts: the acting post, the accounts of a scope, posts and delegations, one's own account."""
