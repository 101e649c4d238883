-- Run once by the PostgreSQL image when the data folder is empty.
-- Fast search inside texts, and search without accents.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
