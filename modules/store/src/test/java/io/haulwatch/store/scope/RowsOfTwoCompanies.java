package io.haulwatch.store.scope;

import io.haulwatch.store.TestDatabase;

/**
 * Rows of companies 1 and 2 in every table, with trucks 11 and 22 and drivers 1 and 2; of what belongs to several companies at once, rows of each and of
 * both.
 */
final class RowsOfTwoCompanies {
    private RowsOfTwoCompanies() {}

    static void put(TestDatabase database) throws Exception {
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, 'A', '500112'), (2, 'B', '510100')",
                """
                insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class)
                values (11, 1, '渝A11111', 2, 'GENERAL'), (22, 2, '川A22222', 2, 'GENERAL')
                """,
                "insert into hw.vehicle_version values (11, 1, 'GENERAL', '-infinity'), (22, 2, 'GENERAL', '-infinity')",
                "insert into hw.terminal (vehicle_id, company_id, phone) values (11, 1, '111'), (22, 2, '222')",
                "insert into hw.driver (driver_id, company_id, name) values (1, 1, '甲'), (2, 2, '乙')",
                """
                insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from)
                values (11, 1, 1, '-infinity'), (22, 2, 2, '-infinity')
                """,
                """
                insert into hw.paper (company_id, owner_kind, owner_id, kind, effective_from)
                values (1, 'VEHICLE', 11, 'veh.inspection', '-infinity'), (2, 'VEHICLE', 22, 'veh.inspection', '-infinity'),
                    (1, 'DRIVER', 1, 'drv.licence', '-infinity'), (2, 'DRIVER', 2, 'drv.licence', '-infinity')
                """,
                "insert into hw.paper_hold (company_id, owner_kind, owner_id, kind, reason, begun_by, effective_from)"
                        + " select company_id, owner_kind, owner_id, kind, 'r', 1, now() from hw.paper",
                """
                insert into hw.layup (company_id, vehicle_id, reason, first_day, last_day, note, begun_by)
                values (1, 11, 'repair', '2026-01-01', '2026-02-01', 'note', 1), (2, 22, 'deregistered', '2026-01-01', '2026-02-01', 'note', 1)
                """,
                "insert into hw.paper_reminder (company_id, paper_id, lead_days, reminded_on) select company_id, paper_id, 30, now() from hw.paper",
                "insert into hw.paper_event (company_id, paper_id, user_id, kind) select company_id, paper_id, 1, 'entered' from hw.paper",
                """
                insert into hw.attachment (attachment_id, company_id, subject, subject_id, content_type, bytes, sha256, title, added_by)
                select gen_random_uuid(), company_id, 'paper', paper_id, 'image/png', 1, '\\x00', 't', 1 from hw.paper
                """,
                """
                insert into hw.hazard (company_id, title, grade, found_on, due_on)
                values (1, 'h', 'general', '2026-01-01', '2026-02-01'), (2, 'h', 'major', '2026-01-01', '2026-02-01')
                """,
                "insert into hw.hazard_event (company_id, hazard_id, user_id, kind) select company_id, hazard_id, 1, 'found' from hw.hazard",
                """
                insert into hw.issued_document (company_id, kind, subject, language, sha256, content, issued_at, issued_by)
                select c, 'evidence', 's', 'en', repeat('0', 64), '{}', now(), 1 from generate_series(1, 2) c
                """,
                "insert into hw.maintenance_plan values (11, 1, 40000, 120, 1), (22, 2, 40000, 120, 1)",
                "insert into hw.maintenance_record (company_id, vehicle_id, done_on) values (1, 11, '2026-01-01'), (2, 22, '2026-01-01')",
                "insert into hw.accident (company_id, happened_on, place) values (1, '2026-01-01', 'p'), (2, '2026-01-01', 'p')",
                """
                insert into hw.training_record (company_id, driver_id, kind, held_on, hours)
                values (1, 1, 'monthly', '2026-01-01', 2), (2, 2, 'monthly', '2026-01-01', 2)
                """,
                """
                insert into hw.course (code, topic, title, made_by, made_at) values ('speed', 'speed', 't', 1, now())
                """,
                "insert into hw.lesson (course_id, code, place) select course_id, 'first', 1 from hw.course",
                "insert into hw.lesson_version select lesson_id, 1, 't', null, 'b', null, 60, null, 1, now() from hw.lesson",
                "insert into hw.question (course_id, code) select course_id, 'q' from hw.course",
                """
                insert into hw.question_version (question_id, version, kind, difficulty, stem, options, made_by, made_at)
                select question_id, 1, 'true_false', 'easy', 's', '[{}, {}]', 1, now() from hw.question
                """,
                """
                insert into hw.training_plan (kind, title, course_ids, begins_on, due_on, company_ids, made_by, made_at)
                select 'monthly', 't', '{1}', now(), now(), ids, 1, now() from (values ('{}'::integer[]), ('{1}'), ('{2}'), ('{1,2}')) v (ids)
                """,
                """
                insert into hw.training_task (company_id, driver_id, course_id, kind, assigned_at, due_at)
                select d.company_id, d.driver_id, c.course_id, 'remedial', now(), now() from hw.driver d cross join hw.course c
                """,
                """
                insert into hw.training_effect (course_id, company_id, taught, taught_again, others, others_again)
                select course_id, company_id, 2, 1, 2, 1 from hw.course cross join hw.company where company_id > 0
                """,
                """
                insert into hw.training_cause (task_id, episode_id, company_id, driver_id, added_at)
                select task_id, gen_random_uuid(), company_id, driver_id, now() from hw.training_task
                """,
                """
                insert into hw.study (task_id, company_id, driver_id, lesson_id, version, seed, begun_at)
                select task_id, company_id, driver_id, lesson_id, 1, 1, now() from hw.training_task cross join hw.lesson
                """,
                """
                insert into hw.study_event (study_id, company_id, driver_id, at, kind)
                select study_id, company_id, driver_id, now(), 'skip' from hw.study
                """,
                "insert into hw.study_day select task_id, now(), company_id, driver_id, 1 from hw.training_task",
                """
                insert into hw.study_stretch (study_id, task_id, company_id, driver_id, begun_at, ended_at, credited_ms)
                select study_id, task_id, company_id, driver_id, now(), now() + interval '1 second', 1 from hw.study
                """,
                """
                insert into hw.study_at_wheel (study_id, task_id, company_id, driver_id, vehicle_id, begun_at, ended_at, driven_s, void_s, found_at)
                select study_id, task_id, company_id, driver_id, 11, now(), now(), 1, 1, now() from hw.study
                """,
                """
                insert into hw.quiz_answer (task_id, company_id, driver_id, question_id, version, given, is_right, at)
                select task_id, company_id, driver_id, question_id, 1, '{0}', true, now() from hw.training_task cross join hw.question
                """,
                """
                insert into hw.exam_attempt (attempt_id, task_id, company_id, driver_id, course_id, number, seed, device, pass_percent, begun_at, ends_at)
                select gen_random_uuid(), task_id, company_id, driver_id, course_id, 1, 1, 'device-1', 80, now(), now() from hw.training_task
                """,
                """
                insert into hw.exam_answer (attempt_id, place, company_id, driver_id, question_id, version, shown)
                select attempt_id, 1, company_id, driver_id, question_id, 1, '{1,2}' from hw.exam_attempt cross join hw.question
                """,
                """
                insert into hw.training_signature (task_id, company_id, driver_id, strokes, signed_at)
                select task_id, company_id, driver_id, '[]', now() from hw.training_task
                """,
                """
                insert into hw.certificate (certificate_no, task_id, company_id, driver_id, course_id, attempt_id, holder, score, studied_s,
                    issued_at, expires_on)
                select 'n' || task_id, task_id, company_id, driver_id, course_id, attempt_id, 'h', 90, 1, now(), now() from hw.exam_attempt
                """,
                """
                insert into hw.driver_message (company_id, driver_id, kind, at) select company_id, driver_id, 'note', now() from hw.driver
                """,
                """
                insert into hw.learning_statement (statement_id, company_id, driver_id, at, body)
                select gen_random_uuid(), company_id, driver_id, now(), '{}' from hw.driver
                """,
                """
                insert into hw.zone (company_id, name, kind, shape, geometry, effective_from)
                values (0, 'z0', 'school', 'POLYGON', '{}', '-infinity'), (1, 'z1', 'depot', 'POLYGON', '{}', '-infinity'),
                    (2, 'z2', 'depot', 'POLYGON', '{}', '-infinity')
                """,
                """
                insert into hw.rule_profile (rule, version, company_id, parameters, effective_from)
                values ('papers', 'own', 1, '{}', '-infinity'), ('papers', 'own', 2, '{}', '-infinity')
                """,
                """
                insert into hw.position_quarantine (vehicle_id, company_id, body_hash, receive_time, reason, detail, body)
                values (11, 1, 1, now(), 'r', '', ''), (22, 2, 1, now(), 'r', '', '')
                """,
                "insert into hw.doubt values (11, 1, now(), 1, 'JUMP'), (22, 2, now(), 1, 'JUMP')",
                "insert into hw.report_book (vehicle_id, company_id, hour) values (11, 1, now()), (22, 2, now())",
                "insert into hw.report_refused values (11, 1, now(), 'damaged', 1), (22, 2, now(), 'damaged', 1)",
                "insert into hw.vehicle_counter (vehicle_id, company_id) values (11, 1), (22, 2)",
                "insert into hw.vehicle_day (vehicle_id, company_id, day) values (11, 1, now()), (22, 2, now())",
                """
                insert into hw.kpi_vehicle_day select c * 11, c, now(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from generate_series(1, 2) c
                """,
                """
                insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, reason)
                values (now(), now(), 1, 'v', now(), 'month')
                """,
                """
                insert into hw.kpi_period_vehicle
                select p.period_id, c * 11, c, true, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from hw.kpi_period p cross join generate_series(1, 2) c
                """,
                """
                insert into hw.kpi_company_month select c, now(), 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, now() from generate_series(1, 2) c
                """,
                """
                insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id,
                    started_at, ended_at, severity, evidence, measures, facts, points, stream_offset)
                select gen_random_uuid(), c, 1, 'closed', 'speeding', 'v', 'vehicle:11', c * 11, c, now(), now(), 3, 'live',
                    '{}', '{}', '[]', c from generate_series(1, 2) c
                """,
                """
                insert into hw.episode_revision (episode_id, revision, company_id, state, content)
                select episode_id, 1, company_id, 'open', '{}' from hw.episode
                """,
                """
                insert into hw.episode_action (episode_id, company_id, user_id, kind)
                select episode_id, company_id, 1, 'note' from hw.episode
                """,
                """
                insert into hw.desk_act (batch, episode_id, company_id, kind, content, note, begun_by, begun_at, takes_effect_at, address)
                select gen_random_uuid(), episode_id, company_id, 'notice', '{}', '', 1, now(), now(), '' from hw.episode
                """,
                """
                insert into hw.notice (company_id, episode_id, act_id, words, sent_by, sent_at, due_at)
                select company_id, episode_id, act_id, 'w', 1, now(), now() from hw.desk_act
                """,
                """
                insert into hw.safety_case (company_id, vehicle_id, title, severity, opened_by, opened_at)
                values (1, 11, 't', 1, 1, now()), (2, 22, 't', 1, 1, now())
                """,
                """
                insert into hw.case_alarm (episode_id, case_id, company_id)
                select e.episode_id, k.case_id, k.company_id from hw.safety_case k join hw.episode e on e.company_id = k.company_id
                """,
                """
                insert into hw.case_step (case_id, company_id, party, duty, words, begun_at)
                select case_id, company_id, 'centre', 'verify', '', now() from hw.safety_case
                """,
                """
                insert into hw.case_event (case_id, company_id, at, kind, note)
                select case_id, company_id, now(), 'open', '' from hw.safety_case
                """,
                """
                insert into hw.supervision_order (case_id, opened_case, company_id, subject, words, severity, issued_by, issued_at, first_due_at,
                    due_at, state_at)
                select case_id, true, company_id, 's', 'w', 1, 1, now(), now(), now(), now() from hw.safety_case
                """,
                """
                insert into hw.supervision_alarm (order_id, episode_id, company_id)
                select order_id, gen_random_uuid(), company_id from hw.supervision_order
                """,
                """
                insert into hw.supervision_answer (order_id, company_id, words, answered_by, answered_at, due_at)
                select order_id, company_id, 'w', 1, now(), now() from hw.supervision_order
                """,
                """
                insert into hw.supervision_write (write_key, order_id, company_id, user_id, kind, at)
                select gen_random_uuid(), order_id, company_id, 1, 'issue', now() from hw.supervision_order
                """,
                """
                insert into hw.inspection_plan (write_key, company_ids, title, population, tolerable, confidence, sample_size, seed, drawn_by, drawn_at)
                select gen_random_uuid(), ids, 't', '{1}', 0.1, 0.95, 1, 's', 1, now() from (values ('{1}'::integer[]), ('{2}'), ('{1,2}')) v (ids)
                """,
                """
                insert into hw.inspection_truck (plan_id, lot, vehicle_id, company_id, plate)
                select p.plan_id, c, c * 11, c, 'p' from hw.inspection_plan p cross join unnest(company_ids) c
                """,
                """
                insert into hw.inspection_result (write_key, plan_id, vehicle_id, company_id, result, note, told_by, told_at)
                select gen_random_uuid(), plan_id, vehicle_id, company_id, 'in_order', '', 1, now() from hw.inspection_truck
                """,
                """
                insert into hw.appeal (company_id, episode_id, reason, appealed_by, appealed_at, settled_before)
                select company_id, episode_id, 'because', 1, now(), false from hw.episode
                """,
                """
                insert into hw.receiver (kind, of_centre, name, address, company_ids, events, least_severity, language, made_by, made_at)
                select 'email', centre, 'r', 'a@b', ids, '{alarm}', 1, 'en', 1, now()
                from (values (false, '{1}'::integer[]), (false, '{2}'), (false, '{1,2}'), (true, '{}'), (true, '{1}')) v (centre, ids)
                """,
                """
                insert into hw.shift_handover (from_user, at, everywhere, company_ids, note, held)
                select 1, now(), everywhere, ids, 'n', '{}' from (values (false, '{1}'::integer[]), (false, '{2}'), (false, '{1,2}'), (true, '{}')) v (everywhere, ids)
                """,
                "insert into hw.outbox (company_id, event, object) values (1, 'alarm', 'x'), (2, 'alarm', 'y')",
                """
                insert into hw.delivery (delivery_id, receiver_id, company_id, event, object, body, made_at, counts_from, next_at)
                select gen_random_uuid(), r.receiver_id, c, 'alarm', c::text, '{}', now(), now(), now()
                from hw.receiver r cross join generate_series(1, 2) c where r.company_ids = '{}' or c = any (r.company_ids)
                """,
                """
                insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, expires_at)
                select gen_random_uuid(), c, c * 11, 'LOCATE', '{}', 1, now() from generate_series(1, 2) c
                """,
                """
                insert into hw.company_risk (company_id, as_of, parts, formula_version)
                values (1, now(), '[]', 'v'), (2, now(), '[]', 'v')
                """,
                """
                insert into hw.terminal_order (order_id, kind, payload, company_ids, chosen, note, targets, wave_size,
                    stop_percent, answer_minutes, second_person, state, created_by)
                select gen_random_uuid(), 'TEXT', '{}', ids, '{}', 'n', 1, 1, 0, 1, false, 'running', 1
                from (values ('{1}'::integer[]), ('{2}'), ('{1,2}')) v (ids)
                """,
                """
                insert into hw.terminal_order_target (order_id, vehicle_id, company_id, wave)
                select o.order_id, c * 11, c, 1 from hw.terminal_order o cross join unnest(company_ids) c
                """,
                """
                insert into hw.terminal_parameter (vehicle_id, parameter_id, company_id) values (11, 85, 1), (22, 85, 2)
                """,
                "insert into hw.terminal_zone (vehicle_id, shape, zone_id, company_id) values (11, 'ROUTE', 1, 1), (22, 'ROUTE', 1, 2)",
                """
                insert into hw.terminal_file (file_id, company_id, vehicle_id, kind, content_type, bytes, at, received_at)
                select gen_random_uuid(), c, c * 11, 'announced', 't', 0, now(), now() from generate_series(1, 2) c
                """,
                """
                insert into hw.track_look (company_id, vehicle_id, user_id, reason, opened_at, until)
                select c, c * 11, 1, 'because', now(), now() + interval '1 hour' from generate_series(1, 2) c
                """,
                "select hw.ensure_position_day('2026-11-20')",
                """
                insert into hw.position (vehicle_id, device_time, body_hash, receive_time, flags, alarms, status, lat, lon,
                    altitude, speed, heading, body)
                select v, '2026-11-20 08:00:00+00', 1, now(), 0, 0, 2, 0, 0, 0, 0, 0, '' from unnest(array[11, 22]) v
                """,
                "select hw.ensure_position_hour_day('2026-11-20')",
                """
                insert into hw.position_hour (vehicle_id, hour, positions, packed)
                select v, '2026-11-20 08:00:00+00', 1, '' from unnest(array[11, 22]) v
                """);
    }
}
