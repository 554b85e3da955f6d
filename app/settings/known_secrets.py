"""Signing keys everybody can read: of documentation, examples and tutorials.

Only those that are long enough and look random; words are found by their rule.
"""

KNOWN_SECRETS = frozenset(
    {
        # FastAPI's tutorial on OAuth2 with JWT.
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
        # RFC 7515, appendix A.1.
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        # A tutorial on Spring Boot with JWT that many have copied.
        "404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970",
        # Digits and letters in their order.
        "0123456789abcdef0123456789abcdef",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "abcdefghijklmnopqrstuvwxyz012345",
        "abcdefghijklmnopqrstuvwxyz123456",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345",
        "12345678901234567890123456789012",
        "qwertyuiopasdfghjklzxcvbnm123456",
        "1234567890qwertyuiopasdfghjklzxcvbnm",
        # Hashes of nothing, of "secret", of "password", of "test" and of "admin".
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "d41d8cd98f00b204e9800998ecf8427e",
        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
        "5ebe2294ecd0e0f08eab7690d2a6ee69",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "098f6bcd4621d373cade4e832627b4f6",
        "8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918",
        "21232f297a57a5a743894a0e4a801fc3",
    }
)
