package io.haulwatch.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.ConsoleDatabase;
import io.haulwatch.store.track.TruckTrack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the database reads what of a truck's day is not packed. */
class TruckDayPlanTest {
    @Test
    void aDayIsARangeOfThePrimaryKeyAndNothingElseIsRead() throws Exception {
        try (ConsoleDatabase database = new ConsoleDatabase()) {
            database.run(
                    "insert into hw.company (company_id, name, adcode) values (1, '甲', '500112')",
                    "insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class) "
                            + "select n, 1, '渝B' || (10000 + n), 2, 'GENERAL' from generate_series(1, 20) n",
                    "select hw.ensure_position_day('2026-03-04'), hw.ensure_position_day('2026-03-05')",
                    "insert into hw.position (device_time, receive_time, body_hash, vehicle_id, alarms, status, lat, lon, speed, heading, "
                            + "altitude, flags, body) select t, t, v, v, 0, 3, 29563000, 106551640, 720, 90, 250, 0, '\\x00' "
                            + "from generate_series(1, 20) v, generate_series('2026-03-04T16:00:00Z'::timestamptz, "
                            + "'2026-03-05T15:59:00Z', interval '1 minute') t",
                    "analyze hw.position",
                    "analyze hw.vehicle");
            LocalDay day = new LocalDay(LocalDate.of(2026, 3, 5));
            try (Connection connection = database.databases().app().getConnection()) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("select set_config('hw.scope', 'company:1', true)");
                }
                List<String> plan = new ArrayList<>();
                try (PreparedStatement explain = connection.prepareStatement("explain " + TruckTrack.rowsQuery())) {
                    explain.setInt(1, 7);
                    explain.setTimestamp(2, Timestamp.from(day.from()));
                    explain.setTimestamp(3, Timestamp.from(day.to()));
                    try (ResultSet lines = explain.executeQuery()) {
                        while (lines.next()) {
                            plan.add(lines.getString(1));
                        }
                    }
                }
                connection.rollback();
                assertThat(plan)
                        .anyMatch(line -> line.contains("Index Scan using position_d20260304_pkey"))
                        .anyMatch(line -> line.contains("Index Scan using position_d20260305_pkey"))
                        .noneMatch(line -> line.contains("Seq Scan on position"));
            }
        }
    }
}
