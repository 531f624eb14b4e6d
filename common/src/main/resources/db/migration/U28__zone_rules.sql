-- Undoes V28.
-- loses table zone_rules
DROP TABLE zone_rules;
