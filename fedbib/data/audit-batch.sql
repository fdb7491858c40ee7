-- The look-ups of an audit, for all entries at once: standard SQL that DuckDB and Spark run as it stands.
-- The index is the tables that docs/audit.md describes; `asked_*` hold what the entries ask for. Each statement begins
-- with its name.

-- by_id: the first works that have an identifier
SELECT id, work FROM (
  SELECT a.id AS id, i.work AS work, ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY i.work) AS place
  FROM asked_id a JOIN identifier i ON i.id = a.id
) found WHERE place <= 40 ORDER BY id, work;

-- by_title: the first works of the very same title
SELECT title, work FROM (
  SELECT a.title AS title, w.id AS work, ROW_NUMBER() OVER (PARTITION BY a.title ORDER BY w.id) AS place
  FROM asked_title a JOIN work w ON w.folded = a.folded
) found WHERE place <= 40 ORDER BY title, work;

-- by_head: the first works that have the title, and a subtitle after it
SELECT title, work FROM (
  SELECT a.title AS title, w.id AS work, ROW_NUMBER() OVER (PARTITION BY a.title ORDER BY w.id) AS place
  FROM asked_title a JOIN work w ON w.head = a.folded
) found WHERE place <= 40 ORDER BY title, work;

-- contents: the works of some volumes, with their titles
SELECT w.id AS id, w.series AS series, w.year AS year, w.title AS title
FROM work w JOIN asked_volume a ON w.series = a.series AND w.year = a.year ORDER BY w.id;

-- by_team: the first works of exactly some people
SELECT team, work FROM (
  SELECT a.team AS team, w.id AS work, ROW_NUMBER() OVER (PARTITION BY a.team ORDER BY w.id) AS place
  FROM asked_team a JOIN work w ON w.team = a.team
) found WHERE place <= 40 ORDER BY team, work;

-- like: for a title that no work has, those that share three, or else two, of its five rarest words, one of which few
-- works have; the likest first
WITH rare AS (
  SELECT title, term, works FROM (
    SELECT a.title AS title, a.term AS term, w.works AS works,
      ROW_NUMBER() OVER (PARTITION BY a.title ORDER BY w.works, a.term) AS place
    FROM asked_word a JOIN word w ON w.term = a.term
    WHERE a.place <= 40 AND w.works <= 50000
      AND NOT EXISTS (SELECT 1 FROM asked_title t JOIN work e ON e.folded = t.folded WHERE t.title = a.title)
  ) counted WHERE place <= 5
),
anchored AS (
  SELECT r.title AS title, p.work AS work, COUNT(*) AS many
  FROM rare r JOIN posting p ON p.term = r.term WHERE r.works <= 500 GROUP BY r.title, p.work
),
others AS (
  SELECT a.title AS title, a.work AS work, COUNT(*) AS many
  FROM anchored a JOIN rare r ON r.title = a.title AND r.works > 500
  JOIN posting p ON p.work = a.work AND p.term = r.term GROUP BY a.title, a.work
),
shared AS (
  SELECT title, work, many FROM (
    SELECT a.title AS title, a.work AS work, a.many + COALESCE(o.many, 0) AS many
    FROM anchored a LEFT JOIN others o ON o.title = a.title AND o.work = a.work
  ) counted WHERE many >= 2
),
best AS (
  SELECT title, CASE WHEN MAX(many) >= 3 THEN 3 ELSE 2 END AS least FROM shared GROUP BY title
),
looked AS (
  SELECT s.title AS title, s.work AS work, ROW_NUMBER() OVER (PARTITION BY s.title ORDER BY s.work) AS place
  FROM shared s JOIN best b ON b.title = s.title WHERE s.many >= b.least
),
scored AS (
  SELECT l.title AS title, l.work AS work, COUNT(*) AS many
  FROM looked l JOIN asked_word a ON a.title = l.title JOIN posting p ON p.work = l.work AND p.term = a.term
  WHERE l.place <= 2000 GROUP BY l.title, l.work
)
SELECT title, work FROM (
  SELECT s.title AS title, s.work AS work,
    RANK() OVER (PARTITION BY s.title ORDER BY CAST(s.many AS DOUBLE) / (t.words + w.words) DESC) AS place
  FROM scored s JOIN asked_title t ON t.title = s.title JOIN work w ON w.id = s.work
) ranked WHERE place <= 25 ORDER BY title, work;

-- works: those that were found
SELECT id, {columns} FROM work JOIN asked_work ON asked_work.work = work.id ORDER BY id;
