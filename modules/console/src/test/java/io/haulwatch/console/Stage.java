package io.haulwatch.console;

import io.haulwatch.console.session.Passwords;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeId;
import io.haulwatch.model.episode.EpisodeState;
import io.haulwatch.model.episode.Evidence;
import io.haulwatch.model.episode.EvidencePoint;
import io.haulwatch.model.episode.Rule;
import io.haulwatch.model.episode.Severity;
import io.haulwatch.model.episode.Subject;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A running console over a small made-up world: company 1 in Chongqing with trucks 1 and 2, company 2 in Chengdu with truck 3; users admin,
 * centre (a lead), company1, company2, regulator50 (Chongqing), spare, agent, driver1, group (companies 1 and 2). The clock can be moved.
 */
final class Stage implements AutoCloseable {
    static final String ALARM_1 = "11111111-1111-4111-8111-111111111111";
    static final String ALARM_2 = "22222222-2222-4222-8222-222222222222";
    static final String ORDER_1 = "55555555-5555-4555-8555-555555555555";
    static final String COMMAND_2 = "33333333-3333-4333-8333-333333333333";
    /** A picture of truck 1, taken during its alarm, that lies in the row; and recorder data of truck 3. */
    static final String FILE_1 = "77777777-7777-4777-8777-777777777777";

    static final String FILE_2 = "88888888-8888-4888-8888-888888888888";
    /** A 0x0200 body: fix on, 29.563000 N 106.551640 E, 98.0 km/h, 2026-11-20 10:00:00. */
    static final String BODY =
            "00000000" + "00000003" + "01c31878" + "0659d958" + "00fa" + "03d4" + "005a" + "261120100000";

    private static final String PASSWORD_HASH = hash();

    final ConsoleDatabase database = new ConsoleDatabase();
    final FakePorts ports = new FakePorts();
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong ahead = new AtomicLong();
    final InstantSource clock = () -> Instant.now().plusMillis(ahead.get());
    final Console console;

    Stage() throws SQLException, PortInUseException, InterruptedException {
        this(ConsoleOptions.plain("127.0.0.1", 0, "test"));
    }

    Stage(ConsoleOptions options) throws SQLException, PortInUseException, InterruptedException {
        database.run(
                "insert into hw.company (company_id, name, adcode) values (1, '渝捷达物流有限公司', '500112'), (2, '蓉通运输有限公司', '510104')",
                "select setval(pg_get_serial_sequence('hw.company', 'company_id'), 100)",
                "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class, model_name) values "
                        + "(1, 1, '渝B12345', 2, 'GENERAL', '重型半挂牵引车'), (2, 1, '渝B54321', 2, 'DANGEROUS_GOODS', null), "
                        + "(3, 2, '川A99999', 2, 'GENERAL', null)",
                "insert into hw.terminal (vehicle_id, company_id, phone, edition) values (1, 1, '13900000001', 2019), "
                        + "(3, 2, '13900000003', 2013)",
                "insert into hw.driver (driver_id, company_id, name, phone, id_card) values "
                        + "(1, 1, '陈国强', '13800002047', '500101199001010011'), (2, 2, '马志远', '13700001234', '510101199001010022')",
                "insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from) values "
                        + "(1, 1, 1, '-infinity'), (3, 2, 2, '-infinity')",
                "insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from) values "
                        + "(1, 'VEHICLE', 1, 'veh.inspection', 'J-1', '2020-01-01', current_date - 3, '-infinity'), "
                        + "(1, 'VEHICLE', 1, 'veh.maintenance2', 'W-1', '2020-01-01', current_date - 12, '-infinity'), "
                        + "(1, 'VEHICLE', 2, 'veh.inspection', 'J-2', '2020-01-01', current_date - 400, '-infinity'), "
                        + "(1, 'VEHICLE', 2, 'veh.inspection', 'J-2b', '2021-01-01', current_date + 200, '-infinity'), "
                        + "(1, 'DRIVER', 1, 'drv.qualification', 'Q-1', '2020-01-01', current_date - 1, '-infinity'), "
                        + "(1, 'VEHICLE', 1, 'veh.ins_compulsory', 'B-1', '2020-01-01', current_date + 5, '-infinity'), "
                        + "(2, 'VEHICLE', 3, 'veh.inspection', 'J-3', '2020-01-01', current_date + 300, '-infinity')",
                "insert into hw.hazard (company_id, title, grade, found_on, due_on) values "
                        + "(1, '消防器材', 'general', current_date - 20, current_date - 5), "
                        + "(1, '灭火器箱 3 号', 'major', current_date - 20, current_date + 5)",
                "insert into hw.vehicle_day (vehicle_id, company_id, day, distance_mm, driving_ms, points) values "
                        + "(1, 1, (now() at time zone 'Asia/Shanghai')::date, 388000000, 19800000, 2000), "
                        + "(1, 1, (now() at time zone 'Asia/Shanghai')::date - 1, 3492000000, 79800000, 8000), "
                        + "(3, 2, (now() at time zone 'Asia/Shanghai')::date, 100000000, 9800000, 900)",
                "insert into hw.report_book (vehicle_id, company_id, hour, received, stored, duplicate, quarantined, refused) values "
                        + "(1, 1, '2026-03-05T01:00:00Z', 370, 360, 4, 1, 5), (1, 1, '2026-03-05T02:00:00Z', 360, 360, 0, 0, 0), "
                        + "(2, 1, '2026-03-05T01:00:00Z', 12, 12, 0, 0, 0), (3, 2, '2026-03-05T01:00:00Z', 99, 90, 0, 0, 9), "
                        + "(1, 1, date_trunc('hour', now()), 5, 5, 0, 0, 0), (3, 2, date_trunc('hour', now()), 5, 5, 0, 0, 0)",
                "insert into hw.report_refused (vehicle_id, company_id, hour, cause, count) values "
                        + "(1, 1, '2026-03-05T01:00:00Z', 'bad_body', 2), (1, 1, '2026-03-05T01:00:00Z', 'unsupported', 3), "
                        + "(3, 2, '2026-03-05T01:00:00Z', 'damaged', 9)",
                "insert into hw.zone (company_id, name, kind, limit_kmh, shape, geometry, effective_from) values "
                        + "(0, '学校', 'school', 30, 'CIRCLE', '{\"type\":\"Point\",\"coordinates\":[106.5,29.5]}', '-infinity'), "
                        + "(2, '堆场', 'depot', 20, 'CIRCLE', '{\"type\":\"Point\",\"coordinates\":[104.1,30.6]}', '-infinity')",
                "insert into hw.company_risk (company_id, as_of, score, band, parts, formula_version) values "
                        + "(2, now() - interval '1 day', 20, 'blue', '{\"parts\":[]}', 'r-1'), (2, now(), 53.3, 'orange', "
                        + "'{\"parts\":[{\"code\":\"A\",\"weight\":0.4,\"value\":58.0,\"points\":23.2,\"data\":{}}],"
                        + "\"missing\":[\"T\"],\"veto\":[],\"insufficient_data\":false}', 'r-1')",
                episode(ALARM_1, 1, 1, "driver_id", "1", 4, "now() - interval '10 minutes'", 0),
                episode(ALARM_2, 2, 3, "driver_id", "2", 2, "now() - interval '20 minutes'", 1),
                "insert into hw.episode_revision (episode_id, revision, company_id, state, content) values ('" + ALARM_1
                        + "', 1, 1, 'open', '{\"facts\":{\"why\":\"first seen\"}}')",
                "insert into hw.command (command_id, company_id, vehicle_id, kind, payload, created_by, expires_at) values ('"
                        + COMMAND_2 + "', 2, 3, 'LOCATE', '{}', 1, now() + interval '1 hour')",
                "insert into hw.terminal_order (order_id, kind, payload, company_ids, chosen, note, targets, wave_size, stop_percent, "
                        + "answer_minutes, second_person, state, created_by) values ('" + ORDER_1
                        + "', 'DOORS', '{\"lock\":true}', '{1}', '{\"listed\":1}', 'x', 1, 1, 0, 60, true, 'awaiting', 1)",
                "insert into hw.terminal_order_target (order_id, vehicle_id, company_id, wave) values ('" + ORDER_1
                        + "', 1, 1, 1)",
                "insert into hw.terminal_parameter (vehicle_id, parameter_id, company_id, wanted, wanted_at, reported, reported_at) "
                        + "values (1, 85, 1, '90', now() - interval '1 minute', '100', now())",
                "insert into hw.terminal_file (file_id, company_id, vehicle_id, kind, content_type, bytes, content, at, received_at, media_id, "
                        + "event, channel, detail) values ('" + FILE_1
                        + "', 1, 1, 'image', 'image/jpeg', 4, '\\xffd8ffd9', now() - interval '9 minutes', now(), 9, 0, 1, 0), ('"
                        + FILE_2
                        + "', 2, 3, 'recorder', 'application/octet-stream', 3, '\\x557a08', now(), now(), null, null, null, 8)",
                "select hw.ensure_position_day((now() at time zone 'UTC')::date), "
                        + "hw.ensure_position_day((now() at time zone 'UTC')::date - 1)",
                "insert into hw.position (device_time, receive_time, body_hash, vehicle_id, alarms, status, lat, lon, speed, heading, "
                        + "altitude, flags, body) select now() - n * interval '10 seconds', now(), n, 1 + 2 * (n % 2), 0, 3, "
                        + "29563000 + n, 106551640 - n, 980, 90, 250, 0, '\\x00' from generate_series(1, 120) n",
                "insert into hw.doubt (vehicle_id, company_id, device_time, body_hash, reason) "
                        + "select vehicle_id, 1, device_time, body_hash, 'JUMP' from hw.position where body_hash = 40");
        user("admin", "管理员", "admin", "all");
        user("centre", "周岚", "lead", "all");
        user("company1", "李敏", "company", "company:1");
        user("company2", "赵强", "company", "company:2");
        user("regulator50", "王磊", "regulator", "region:50");
        user("spare", "备用", "agent", "company:1");
        user("agent", "何静", "agent", "company:1");
        user("driver1", "陈国强", "driver", "company:1");
        user("group", "孙丽", "company", "company:1,2");
        long now = clock.millis();
        ports.report(1, 29_563_010, 106_551_640, 980, 0b1111, now);
        ports.report(3, 30_660_000, 104_063_000, 0, 0b1001, now);
        console = Console.start(options, ports.ports(), database.databases(), meters, clock);
    }

    private void user(String username, String name, String role, String scope) throws SQLException {
        database.run("insert into hw.app_user (username, password_hash, display_name, role, scope) values ('" + username
                + "', '" + PASSWORD_HASH + "', '" + name + "', '" + role + "', '" + scope + "')");
    }

    private static String hash() {
        try (Passwords passwords = new Passwords(new SecureRandom())) {
            return passwords.hash(Visitor.PASSWORD);
        }
    }

    int port() {
        return console.port();
    }

    void ahead(long millis) {
        ahead.addAndGet(millis);
    }

    /** A speeding episode as the rules would give it. */
    static Episode speeding(int vehicleId, long startMillis, int revision, EpisodeState state, int severity) {
        return speeding(vehicleId, null, startMillis, revision, state, severity);
    }

    static Episode speeding(
            int vehicleId,
            @Nullable Integer driverId,
            long startMillis,
            int revision,
            EpisodeState state,
            int severity) {
        Subject subject = new Subject.OfVehicle(vehicleId);
        return new Episode(
                EpisodeId.of(subject, Rule.SPEEDING, startMillis),
                revision,
                state,
                Rule.SPEEDING,
                "cn-2026.1",
                subject,
                vehicleId,
                driverId,
                startMillis,
                startMillis + 40_000,
                Severity.of(severity),
                Evidence.LIVE,
                state == EpisodeState.OPEN ? null : "limit",
                Map.of("peak_decikmh", 1030L, "limit_decikmh", 800L),
                Map.of("limit_source", "ZONE"),
                List.of(new EvidencePoint(EvidencePoint.Role.OPENING, startMillis, BODY)));
    }

    private static String episode(
            String id,
            int company,
            int vehicle,
            String column,
            String value,
            int severity,
            String started,
            int offset) {
        return "insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, "
                + column
                + ", started_at, ended_at, severity, evidence, measures, facts, points, stream_offset) values ('" + id
                + "', "
                + company + ", 1, 'open', 'speeding', 'cn-2026.1', 'vehicle:" + vehicle + "', " + vehicle + ", " + value
                + ", "
                + started + ", " + started + " + interval '2 minutes', " + severity
                + ", 'live', '{\"limit_decikmh\":800,\"peak_decikmh\":1030}', '{\"limit_source\":\"ZONE\"}', "
                + "'[{\"role\":\"opening\",\"device_millis\":1795200000000,\"body_hex\":\"" + BODY + "\"}]', " + offset
                + ")";
    }

    @Override
    public void close() {
        console.close();
        database.close();
    }
}
