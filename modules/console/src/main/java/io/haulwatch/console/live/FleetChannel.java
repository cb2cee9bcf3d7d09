package io.haulwatch.console.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.directory.FleetBook;
import io.haulwatch.console.live.FleetState.VehicleState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One stream of frames for all who may see the same companies: its slots, what was transmitted last, its epoch and its sequence.
 * Knows no socket and no clock. One thread.
 */
final class FleetChannel {
    private static final int NONE = -1;
    /** Reports older than this when they are sent do not count as received just now. */
    private static final long FRESH_MILLIS = 5_000;

    private final int epoch;
    private final ObjectMapper json;

    private int seq;
    private int slots;
    private int[] slotOfVehicle = new int[0];
    private int[] vehicleOfSlot = new int[64];
    private int[] refLon = new int[64];
    private int[] refLat = new int[64];
    private byte[] speed = new byte[64];
    private byte[] heading = new byte[64];
    private byte[] state = new byte[64];
    private byte[] risk = new byte[64];
    private long[] received = new long[64];
    /** In the scope now. */
    private boolean[] member = new boolean[64];
    /** On the clients' maps now. */
    private boolean[] drawn = new boolean[64];

    private final Map<Integer, DictionaryRow> dictionary = new TreeMap<>();
    private Map<Integer, String> companies = new LinkedHashMap<>();

    FleetChannel(int epoch, ObjectMapper json) {
        this.epoch = epoch;
        this.json = json;
    }

    int epoch() {
        return epoch;
    }

    int seq() {
        return seq;
    }

    /** Trucks that clients draw now. */
    int drawnCount() {
        int count = 0;
        for (int slot = 0; slot < slots; slot++) {
            if (drawn[slot]) {
                count++;
            }
        }
        return count;
    }

    /** Vehicle ids in the scope now. */
    int[] members() {
        int[] ids = new int[slots];
        int count = 0;
        for (int slot = 0; slot < slots; slot++) {
            if (member[slot]) {
                ids[count++] = vehicleOfSlot[slot];
            }
        }
        return Arrays.copyOf(ids, count);
    }

    /**
     * Takes in who is in the scope now. New and returning trucks are in the next {@link #update} if their ids are given there.
     *
     * @param visible which companies the channel's people may see
     * @return frames in order: DICT and GONE, each only when there is something to say
     */
    List<byte[]> membership(FleetBook book, IntPredicate visible, long nowMillis) {
        List<DictionaryRow> changedRows = new ArrayList<>();
        boolean[] still = new boolean[slots];
        List<FleetBook.Vehicle> vehicles = new ArrayList<>();
        for (FleetBook.Vehicle vehicle : book.allVehicles()) {
            if (visible.test(vehicle.companyId())) {
                vehicles.add(vehicle);
            }
        }
        vehicles.sort((a, b) -> Integer.compare(a.id(), b.id()));
        for (FleetBook.Vehicle vehicle : vehicles) {
            int slot = slotOf(vehicle.id());
            if (slot == NONE) {
                slot = deal(vehicle.id());
            } else if (slot < still.length) {
                still[slot] = true;
            }
            member[slot] = true;
            DictionaryRow row =
                    new DictionaryRow(slot, vehicle.id(), vehicle.plate(), vehicle.companyId(), vehicle.vehicleClass());
            if (!row.equals(dictionary.put(slot, row))) {
                changedRows.add(row);
            }
        }
        Map<Integer, String> changedCompanies = companies(book, visible);

        List<byte[]> frames = new ArrayList<>(2);
        if (!changedRows.isEmpty() || !changedCompanies.isEmpty()) {
            frames.add(FleetFrames.dictionary(
                    epoch, ++seq, nowMillis, changedRows.size(), dictionaryJson(null, changedRows, changedCompanies)));
        }
        int[] gone = new int[still.length];
        int goneCount = 0;
        for (int slot = 0; slot < still.length; slot++) {
            if (member[slot] && !still[slot]) {
                member[slot] = false;
                dictionary.remove(slot);
                if (drawn[slot]) {
                    drawn[slot] = false;
                    refLon[slot] = 0;
                    refLat[slot] = 0;
                    received[slot] = 0;
                    gone[goneCount++] = slot;
                }
            }
        }
        if (goneCount > 0) {
            frames.add(FleetFrames.gone(epoch, ++seq, nowMillis, goneCount, gone));
        }
        return frames;
    }

    /**
     * Takes in the newest state of some trucks.
     *
     * @param vehicleIds trucks whose state or risk may have changed; strangers to this channel and repetitions are passed over
     * @param states the newest state of a truck
     * @param risks its risk byte
     * @return a DELTA, or null when nothing that clients see has changed
     */
    byte @Nullable [] update(int[] vehicleIds, StateLookup states, IntUnaryOperator risks, long nowMillis) {
        int[] touched = new int[vehicleIds.length];
        int count = 0;
        for (int vehicleId : vehicleIds) {
            int slot = slotOf(vehicleId);
            if (slot != NONE && member[slot]) {
                touched[count++] = slot;
            }
        }
        Arrays.sort(touched, 0, count);
        int[] sent = new int[count];
        int[] lonDifference = new int[count];
        int[] latDifference = new int[count];
        byte[] speeds = new byte[count];
        byte[] headings = new byte[count];
        byte[] sentStates = new byte[count];
        byte[] sentRisks = new byte[count];
        int out = 0;
        for (int i = 0; i < count; i++) {
            int slot = touched[i];
            if (i > 0 && slot == touched[i - 1]) {
                continue;
            }
            VehicleState now = states.of(vehicleOfSlot[slot]);
            if (now == null || (!now.hasPlace() && !drawn[slot])) {
                continue;
            }
            boolean newReport = !drawn[slot] || now.receivedMillis() != received[slot];
            byte newState = (byte) (now.stateBits() & 0x7F);
            byte newRisk = (byte) risks.applyAsInt(vehicleOfSlot[slot]);
            if (!newReport && newState == state[slot] && newRisk == risk[slot]) {
                continue;
            }
            if (newReport && now.hasPlace()) {
                int lon5 = FleetFrames.q5(now.lonMicrodeg());
                int lat5 = FleetFrames.q5(now.latMicrodeg());
                lonDifference[out] = lon5 - refLon[slot];
                latDifference[out] = lat5 - refLat[slot];
                refLon[slot] = lon5;
                refLat[slot] = lat5;
                speed[slot] = (byte) FleetFrames.speedByte(now.speedDeciKmh());
                heading[slot] = (byte) FleetFrames.headingByte(now.headingDeg());
            }
            received[slot] = now.receivedMillis();
            state[slot] = newState;
            risk[slot] = newRisk;
            // A truck that is drawn for the first time may have reported long ago: its age is not zero.
            boolean fresh = newReport && nowMillis - now.receivedMillis() < FRESH_MILLIS;
            drawn[slot] = true;
            sent[out] = slot;
            speeds[out] = speed[slot];
            headings[out] = heading[slot];
            sentStates[out] = (byte) (newState | (fresh ? 0 : FleetFrames.NO_NEW_REPORT));
            sentRisks[out] = newRisk;
            out++;
        }
        if (out == 0) {
            return null;
        }
        return FleetFrames.delta(
                epoch,
                ++seq,
                nowMillis,
                out,
                sent,
                lonDifference,
                latDifference,
                speeds,
                headings,
                sentStates,
                sentRisks);
    }

    /** Everything that clients should draw, as of the newest frame. */
    byte[] snapshot(long nowMillis) {
        FrameBytes out = FleetFrames.snapshot(epoch, seq, drawnCount(), nowMillis);
        for (int slot = 0; slot < slots; slot++) {
            if (drawn[slot]) {
                FleetFrames.snapshotRow(
                        out,
                        slot,
                        refLon[slot],
                        refLat[slot],
                        speed[slot],
                        heading[slot],
                        state[slot],
                        risk[slot],
                        (nowMillis - received[slot]) / 1000);
            }
        }
        return out.done();
    }

    byte[] heartbeat(long nowMillis) {
        return FleetFrames.heartbeat(epoch, seq, nowMillis);
    }

    /** The whole dictionary, UTF-8 JSON with its epoch. */
    byte[] dictionaryJson() {
        return dictionaryJson(epoch, List.copyOf(dictionary.values()), companies);
    }

    private Map<Integer, String> companies(FleetBook book, IntPredicate visible) {
        Map<Integer, String> now = new TreeMap<>();
        for (FleetBook.Company company : book.companies().values()) {
            if (visible.test(company.id())) {
                now.put(company.id(), company.name());
            }
        }
        Map<Integer, String> changed = new TreeMap<>();
        now.forEach((id, name) -> {
            if (!name.equals(companies.get(id))) {
                changed.put(id, name);
            }
        });
        companies = now;
        return changed;
    }

    private byte[] dictionaryJson(
            @Nullable Integer ofEpoch, List<DictionaryRow> rows, Map<Integer, String> companyNames) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (ofEpoch != null) {
            body.put("epoch", Integer.toUnsignedLong(ofEpoch));
        }
        body.put("vehicles", rows.stream().map(DictionaryRow::asArray).toList());
        body.put(
                "companies",
                companyNames.entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList());
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists of numbers and strings are always JSON", e);
        }
    }

    private int slotOf(int vehicleId) {
        return vehicleId < slotOfVehicle.length ? slotOfVehicle[vehicleId] : NONE;
    }

    private int deal(int vehicleId) {
        if (vehicleId >= slotOfVehicle.length) {
            int before = slotOfVehicle.length;
            slotOfVehicle = Arrays.copyOf(slotOfVehicle, Math.max(before * 2, vehicleId + 1));
            Arrays.fill(slotOfVehicle, before, slotOfVehicle.length, NONE);
        }
        if (slots == vehicleOfSlot.length) {
            int length = slots * 2;
            vehicleOfSlot = Arrays.copyOf(vehicleOfSlot, length);
            refLon = Arrays.copyOf(refLon, length);
            refLat = Arrays.copyOf(refLat, length);
            speed = Arrays.copyOf(speed, length);
            heading = Arrays.copyOf(heading, length);
            state = Arrays.copyOf(state, length);
            risk = Arrays.copyOf(risk, length);
            received = Arrays.copyOf(received, length);
            member = Arrays.copyOf(member, length);
            drawn = Arrays.copyOf(drawn, length);
        }
        slotOfVehicle[vehicleId] = slots;
        vehicleOfSlot[slots] = vehicleId;
        return slots++;
    }

    /** Finds a vehicle's newest state. */
    @FunctionalInterface
    interface StateLookup {
        @Nullable
        VehicleState of(int vehicleId);
    }

    private record DictionaryRow(int slot, int vehicleId, String plate, int companyId, String vehicleClass) {
        List<Object> asArray() {
            return List.of(slot, vehicleId, plate, companyId, vehicleClass);
        }
    }
}
