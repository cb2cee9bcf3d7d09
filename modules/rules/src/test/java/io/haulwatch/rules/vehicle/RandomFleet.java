package io.haulwatch.rules.vehicle;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.model.register.ReferenceSet.Assignment;
import io.haulwatch.model.register.ReferenceSet.Paper;
import io.haulwatch.model.register.ReferenceSet.RuleProfile;
import io.haulwatch.model.register.ReferenceSet.Vehicle;
import io.haulwatch.model.register.ReferenceSet.Zone;
import io.haulwatch.model.register.VehicleClass;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.TickRecord;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A small fleet that does all that trucks and receivers do, by a seed: a log of positions and ticks in order of arrival. */
final class RandomFleet {
    static final int PARTITIONS = 4;
    private static final List<VehicleClass> CLASSES = List.of(VehicleClass.values());

    private final SplittableRandom random;
    final List<Object> log = new ArrayList<>();
    final ReferenceSet register;

    RandomFleet(long seed, int trucks) {
        random = new SplittableRandom(seed);
        register = register(trucks);
        for (int truck = 0; truck < trucks; truck++) {
            drive(truck);
        }
        addTicks();
        log.sort(Comparator.comparingLong(RandomFleet::received));
    }

    static long received(Object entry) {
        return entry instanceof PositionRecord position
                ? position.receivedMillis()
                : ((TickRecord) entry).receivedMillis();
    }

    private void drive(int truck) {
        Drive drive = new Drive(truck);
        drive.time = Drive.at("20:00:00") + random.nextInt(600_000);
        double target = 70;
        double speed = 0;
        int steps = 250 + random.nextInt(250);
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(1000);
            if (dice < 40) {
                target = 60 + random.nextInt(50);
            } else if (dice < 55) {
                target = 0;
            } else if (dice < 70) {
                drive.status = random.nextBoolean() ? 3 : 2;
            } else if (dice < 80) {
                drive.recorder = random.nextBoolean() ? PositionRecord.ABSENT_SPEED : random.nextInt(900);
            } else if (dice < 90) {
                drive.satellites = random.nextInt(12);
            } else if (dice < 95) {
                drive.status = 0;
            } else if (dice < 100) {
                drive.delay = random.nextInt(5) == 0 ? 1_500_000 : 2_000;
            }
            if (random.nextInt(200) == 0) {
                drive.status = 3;
                drive.satellites = PositionRecord.ABSENT_BYTE;
                target = 100;
            }
            speed += Math.clamp(target - speed, -60, 40);
            long step = random.nextInt(60) == 0 ? 60_000L + random.nextInt(900_000) : 1000L * (5 + random.nextInt(25));
            if (random.nextInt(80) == 0) {
                drive.astray(speed, random.nextInt(9000));
            } else if (random.nextInt(60) == 0) {
                drive.place(step, speed, 0);
            } else {
                drive.step(step, Math.max(0, speed + random.nextInt(-3, 4)));
            }
        }
        List<Object> reports = new ArrayList<>(drive.reports);
        // Some come twice; what was delayed is overtaken by what was not.
        for (int i = 0; i < drive.reports.size() / 20; i++) {
            int at = random.nextInt(reports.size());
            reports.add(at, reports.get(at));
        }
        log.addAll(reports);
    }

    private void addTicks() {
        long first = log.stream().mapToLong(RandomFleet::received).min().orElseThrow();
        long last = log.stream().mapToLong(RandomFleet::received).max().orElseThrow();
        for (long at = first; at <= last + 1_200_000; at += 60_000) {
            log.add(new TickRecord(at));
        }
    }

    private ReferenceSet register(int trucks) {
        List<Vehicle> vehicles = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        List<Paper> papers = new ArrayList<>();
        for (int truck = 0; truck < trucks; truck++) {
            VehicleClass vehicleClass = CLASSES.get(random.nextInt(CLASSES.size()));
            vehicles.add(new Vehicle(
                    truck, 1 + truck % 3, "T" + truck, vehicleClass, ReferenceSet.ALWAYS, ReferenceSet.FOREVER));
            assignments.add(new Assignment(truck, 100 + truck, ReferenceSet.ALWAYS, Drive.at("20:45:00")));
            papers.add(new Paper(
                    truck,
                    Paper.Owner.VEHICLE,
                    truck,
                    "veh.inspection",
                    LocalDate.of(2026, 3, 1 + random.nextInt(3)),
                    ReferenceSet.ALWAYS,
                    ReferenceSet.FOREVER));
        }
        List<Zone> zones = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double west = Drive.longitude(random.nextInt(60_000));
            double lat = Drive.LATITUDE / 1e6;
            zones.add(new Zone(
                    i,
                    random.nextInt(3),
                    "zone " + i,
                    random.nextInt(5) == 0 ? "school" : "road",
                    40 + random.nextInt(5) * 10,
                    random.nextBoolean() ? null : LocalTime.of(19, 0),
                    random.nextBoolean() ? null : LocalTime.of(22, 0),
                    random.nextBoolean() ? 0 : 300,
                    List.of(List.of(
                            west, lat - 0.01, west + 0.02, lat - 0.01, west + 0.02, lat + 0.01, west, lat + 0.01)),
                    ReferenceSet.ALWAYS,
                    ReferenceSet.FOREVER));
        }
        return new ReferenceSet(
                1,
                List.of(),
                vehicles,
                assignments,
                papers,
                zones,
                List.of(
                        profile("cn-2026.1", Map.of(), ReferenceSet.ALWAYS, Drive.at("20:50:00")),
                        profile(
                                "cn-2026.2",
                                Map.of("night_factor", "0.8", "night_window", "21:00-06:00"),
                                Drive.at("20:50:00"),
                                ReferenceSet.FOREVER)));
    }

    private static RuleProfile profile(String version, Map<String, String> parameters, long from, long to) {
        return new RuleProfile("speeding", version, 0, null, parameters, from, to);
    }

    /** Feeds one entry. */
    static void feed(VehicleStage stage, Object entry) {
        if (entry instanceof PositionRecord position) {
            stage.onPosition(position);
        } else {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                stage.onTick(partition, PARTITIONS, ((TickRecord) entry).receivedMillis());
            }
        }
    }
}
