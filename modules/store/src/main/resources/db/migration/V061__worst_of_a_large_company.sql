-- Half a year of the alarms that count for driving, added up by truck and by driver for the largest company's page.
create index episode_driving on hw.episode (company_id, started_at) include (vehicle_id, driver_id, severity)
    where rule in ('speeding', 'fatigue', 'fatigue_night', 'cum24') and state not in ('prewarned', 'withdrawn')
        and handling not in ('false', 'overturned');
-- Who drove with a paper of his own overdue is said in an alarm's facts, which are too long to be read for thousands of them.
create index episode_own_papers on hw.episode (company_id, started_at) include (driver_id, state, handling)
    where rule = 'papers' and facts ->> 'owner' = 'driver:' || driver_id::text;
-- A month's report counts episodes by what became of them; those that were joined to another are not counted.
drop index hw.episode_company;
create index episode_company on hw.episode (company_id, started_at desc)
    include (vehicle_id, driver_id, rule, severity, state, handling, ended_by);
-- Two years of continuing education of thousands of drivers, added up from the index alone.
create index training_record_continuing on hw.training_record (company_id, held_on) include (driver_id, hours) where kind = 'continuing';
analyze hw.episode;
