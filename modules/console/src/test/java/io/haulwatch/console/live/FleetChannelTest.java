package io.haulwatch.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.http.Json;
import io.haulwatch.console.live.FleetState.VehicleState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client holds after any frames is what the trucks did, whenever the client came. */
class FleetChannelTest {
    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 40), LongStream.of(System.nanoTime()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void snapshotPlusDeltasGivesTheStateOfEveryTruck(long seed) {
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        FleetChannel channel = new FleetChannel(7, Json.mapper());
        Map<Integer, VehicleState> states = new HashMap<>();
        Map<Integer, Integer> risks = new HashMap<>();
        Map<Integer, Integer> companyOf = new HashMap<>();
        for (int id = 1; id <= 60; id++) {
            companyOf.put(id, 1 + random.nextInt(3));
        }
        FeedDecoder early = new FeedDecoder();
        List<FeedDecoder> clients = new ArrayList<>(List.of(early));
        long now = 1_795_200_000_000L;
        channel.membership(book(1, companyOf), company -> company != 3, now);
        early.accept(channel.snapshot(now));
        for (int step = 0; step < 60; step++) {
            now += 500;
            List<byte[]> frames = new ArrayList<>();
            List<Integer> touched = new ArrayList<>();
            if (random.nextInt(8) == 0) {
                companyOf.put(1 + random.nextInt(60), 1 + random.nextInt(3));
                if (random.nextInt(3) == 0) {
                    companyOf.remove(1 + random.nextInt(60));
                }
                frames.addAll(channel.membership(book(step + 2, companyOf), company -> company != 3, now));
                for (int id : channel.members()) {
                    touched.add(id);
                }
            }
            for (int i = random.nextInt(20); i > 0; i--) {
                int id = 1 + random.nextInt(62);
                touched.add(id);
                if (random.nextInt(4) == 0) {
                    risks.put(id, random.nextInt(256));
                } else {
                    states.put(id, randomState(random, now, states.get(id)));
                }
            }
            byte[] delta = channel.update(
                    touched.stream().mapToInt(Integer::intValue).toArray(),
                    states::get,
                    id -> risks.getOrDefault(id, 0),
                    now);
            if (delta != null) {
                frames.add(delta);
            }
            for (FeedDecoder client : clients) {
                frames.forEach(client::accept);
                client.accept(channel.heartbeat(now));
            }
            if (random.nextInt(10) == 0) {
                FeedDecoder late = new FeedDecoder();
                late.accept(channel.snapshot(now));
                clients.add(late);
            }
        }
        FeedDecoder fresh = new FeedDecoder();
        fresh.accept(channel.snapshot(now));
        for (FeedDecoder client : clients) {
            assertThat(client.seq).isEqualTo(channel.seq());
            assertThat(withoutAge(client.trucks)).isEqualTo(withoutAge(fresh.trucks));
        }
        assertThat(fresh.trucks).hasSize(channel.drawnCount());
        for (int id : channel.members()) {
            VehicleState state = states.get(id);
            if (state != null && state.hasPlace()) {
                assertThat(fresh.trucks.values()).as("vehicle %s", id).anySatisfy(truck -> {
                    assertThat(truck.lon5()).isEqualTo(FleetFrames.q5(state.lonMicrodeg()));
                    assertThat(truck.lat5()).isEqualTo(FleetFrames.q5(state.latMicrodeg()));
                });
            }
        }
    }

    private static VehicleState randomState(
            Random random, long now, @org.jspecify.annotations.Nullable VehicleState old) {
        int lat = random.nextInt(-84_000_000, 84_000_000);
        int lon = random.nextInt(-179_000_000, 179_000_000);
        if (old != null && random.nextInt(20) != 0) {
            lat = old.latMicrodeg() + random.nextInt(-300, 300);
            lon = old.lonMicrodeg() + random.nextInt(-300, 300);
        }
        if (random.nextInt(15) == 0) {
            lat = 0;
            lon = 0;
        }
        return new VehicleState(
                lat, lon, random.nextInt(1_400), random.nextInt(360), random.nextInt(128), now - 1_000, now);
    }

    private static Map<Integer, List<Integer>> withoutAge(Map<Integer, FeedDecoder.Truck> trucks) {
        Map<Integer, List<Integer>> plain = new HashMap<>();
        trucks.forEach((slot, truck) -> plain.put(
                slot,
                List.of(
                        truck.lon5(),
                        truck.lat5(),
                        truck.speed(),
                        truck.heading(),
                        truck.state() & 0x7F,
                        truck.risk())));
        return plain;
    }

    private static FleetBook book(long version, Map<Integer, Integer> companyOf) {
        Map<Integer, FleetBook.Vehicle> vehicles = new HashMap<>();
        companyOf.forEach((id, company) ->
                vehicles.put(id, new FleetBook.Vehicle(id, company, "渝B" + (10_000 + id), 2, "GENERAL", null)));
        return new FleetBook(
                version,
                Map.of(
                        1, new FleetBook.Company(1, "甲", "500112"),
                        2, new FleetBook.Company(2, "乙", "510100"),
                        3, new FleetBook.Company(3, "丙", "110101")),
                vehicles,
                Map.of());
    }
}
