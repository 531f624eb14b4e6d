-- Undoes V28.
-- loses table zone_rules
DROP TABLE IF EXISTS zone_rules;
