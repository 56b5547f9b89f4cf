"""What the tests that drive the whole program share: the program itself, a base of PostgreSQL, a crawl of its pages."""
