package io.haulwatch.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.gateway.command.CommandChange.Held;
import io.haulwatch.gateway.command.CommandChange.Zones;
import io.haulwatch.gateway.command.TerminalCommand.Box;
import io.haulwatch.gateway.command.TerminalCommand.Corners;
import io.haulwatch.gateway.command.TerminalCommand.Hours;
import io.haulwatch.gateway.command.TerminalCommand.Round;
import io.haulwatch.gateway.command.TerminalCommand.Section;
import io.haulwatch.gateway.command.TerminalCommand.SetZone;
import io.haulwatch.gateway.command.TerminalCommand.Way;
import io.haulwatch.gateway.command.ZoneKind;
import io.haulwatch.jt808.area.RoutePoint.DrivingTime;
import io.haulwatch.jt808.area.Vertex;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Vertex A = new Vertex(29_500_000, 106_500_000);
    private static final Vertex B = new Vertex(29_600_000, 106_600_000);
    private static final Vertex C = new Vertex(29_400_000, 106_700_000);

    @Test
    void readsEachShapeAndWritesWhatATerminalHoldsInTheSameWords() throws Exception {
        both(
                "{\"zone_id\":4294967295,\"shape\":\"circle\",\"name\":\"a\",\"limit_kmh\":30,"
                        + "\"places\":[[29500000,106500000]],\"radius_m\":220}",
                new SetZone(4_294_967_295L, "a", 30, null, new Round(A, 220)));
        both(
                "{\"zone_id\":2,\"shape\":\"rectangle\",\"name\":\"b\",\"limit_kmh\":0,\"from_minute\":1320,\"to_minute\":390,"
                        + "\"places\":[[29600000,106600000],[29400000,106700000]]}",
                new SetZone(2, "b", 0, new Hours(1_320, 390), new Box(B, C)));
        both(
                "{\"zone_id\":3,\"shape\":\"polygon\",\"name\":\"c\",\"limit_kmh\":60,"
                        + "\"places\":[[29500000,106500000],[29600000,106600000],[29400000,106700000]]}",
                new SetZone(3, "c", 60, null, new Corners(List.of(A, B, C))));
        both(
                "{\"zone_id\":4,\"shape\":\"route\",\"name\":\"d\","
                        + "\"places\":[[29500000,106500000],[29600000,106600000],[29400000,106700000]],"
                        + "\"sections\":[{\"width_m\":60,\"limit_kmh\":80,\"longest_s\":600,\"shortest_s\":0},"
                        + "{\"width_m\":20,\"limit_kmh\":0}]}",
                new SetZone(
                        4,
                        "d",
                        0,
                        null,
                        new Way(
                                List.of(new Section(A, 60, 80, new DrivingTime(600, 0)), new Section(B, 20, 0, null)),
                                C)));
    }

    @Test
    void saysWhereATerminalHoldsMoreThanWasSent() {
        SetZone zone = new SetZone(1, "", 30, null, new Round(A, 220));
        JsonNode written = ZoneJson.write(new Zones(ZoneKind.CIRCLE, List.of(new Held(zone, true))));
        assertThat(written.at("/zones/0/otherwise").booleanValue()).isTrue();
    }

    @Test
    void aRemovalThatWasQueuedBeforeShapesWereWrittenDownIsOfACircleOrAPolygon() throws Exception {
        assertThat(ZoneJson.kind(JSON.readTree("{\"zone_id\":1,\"places\":[[1,2]]}")))
                .isEqualTo(ZoneKind.CIRCLE);
        assertThat(ZoneJson.kind(JSON.readTree("{\"zone_id\":1,\"places\":[[1,2],[3,4],[5,6]]}")))
                .isEqualTo(ZoneKind.POLYGON);
    }

    private static void both(String text, SetZone zone) throws Exception {
        JsonNode payload = JSON.readTree(text);
        assertThat(ZoneJson.read(payload)).isEqualTo(zone);
        JsonNode written = ZoneJson.write(new Zones(ZoneJson.kind(payload), List.of(new Held(zone, false))));
        assertThat(JSON.readTree(written.at("/zones/0").toString())).isEqualTo(payload);
    }
}
