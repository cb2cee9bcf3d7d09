package io.haulwatch.rules.vehicle;

import io.haulwatch.geo.zone.ZoneIndex;
import io.haulwatch.rules.profile.SpeedingProfile;

/**
 * The limit at a place and time: the lowest of the vehicle's own, the zones' and, by night, the night's part of that. One per stage; each
 * question overwrites the last answer.
 */
final class Limits {
    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final int LOCAL_MILLIS = CompiledReference.LOCAL.getTotalSeconds() * 1000;

    private ZoneIndex zones;
    private int[] hits;
    private int found;

    /** Limit in force, 0.1 km/h. */
    int limit;
    /** By vehicle class and profile, 0.1 km/h. */
    int vehicleLimit;
    /** By night, 0.1 km/h; 0 if no night rule holds now. */
    int nightLimit;

    boolean school;
    /** Zones with a limit that hold here and now. */
    int zoneCount;

    int[] zoneAt = new int[Stretch.MOST_ZONES];

    Limits(ZoneIndex zones) {
        this.zones = zones;
        this.hits = new int[zones.mostHits()];
    }

    void zones(ZoneIndex next) {
        zones = next;
        hits = new int[next.mostHits()];
    }

    ZoneIndex zones() {
        return zones;
    }

    /** Finds the zones around a fix, for {@link #at}. */
    void lookUp(Fix fix) {
        found = zones.find(fix.latitude, fix.longitude, hits);
    }

    /** Says what holds at the fix that was looked up. */
    void at(Fix fix) {
        SpeedingProfile profile = fix.rules.speeding();
        vehicleLimit = profile.limitDeciKmh();
        limit = vehicleLimit;
        nightLimit = 0;
        school = false;
        zoneCount = 0;
        if (found > 0) {
            byZones(fix);
        }
        if (profile.nightPermille() < 1000) {
            byNight(profile, secondOfDay(fix.time));
        }
    }

    private void byZones(Fix fix) {
        int second = secondOfDay(fix.time);
        for (int i = 0; i < found; i++) {
            int zone = hits[i];
            if (!zones.applies(zone, fix.companyId, fix.time, second)) {
                continue;
            }
            school |= zones.school(zone);
            int zoneLimit = zones.limitDeciKmh(zone);
            if (zoneLimit > 0) {
                limit = Math.min(limit, zoneLimit);
                keep(zone, zoneLimit);
            }
        }
    }

    /** Of more zones than fit, the strictest are kept. */
    private void keep(int zone, int zoneLimit) {
        if (zoneCount < zoneAt.length) {
            zoneAt[zoneCount++] = zone;
            return;
        }
        int loosest = 0;
        for (int i = 1; i < zoneCount; i++) {
            if (zones.limitDeciKmh(zoneAt[i]) > zones.limitDeciKmh(zoneAt[loosest])) {
                loosest = i;
            }
        }
        if (zoneLimit < zones.limitDeciKmh(zoneAt[loosest])) {
            zoneAt[loosest] = zone;
        }
    }

    private void byNight(SpeedingProfile profile, int second) {
        int from = profile.nightStartSecond();
        int to = profile.nightEndSecond();
        boolean night = from <= to ? second >= from && second < to : second >= from || second < to;
        if (night) {
            // Whole km/h, rounded down: 80 by night at 0.8 is 64.
            nightLimit = (int) ((long) limit * profile.nightPermille() / 10_000) * 10;
            limit = nightLimit;
        }
    }

    private static int secondOfDay(long millis) {
        return (int) (Math.floorMod(millis + LOCAL_MILLIS, (long) MILLIS_PER_DAY) / 1000);
    }
}
