package io.haulwatch.console.area;

import io.haulwatch.console.live.FeedDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What somebody sees of a film, frame by frame. */
public final class FilmReader {
    /** What is drawn after a frame, by slot. */
    public record Scene(long atMillis, int type, Map<Integer, FeedDecoder.Truck> trucks) {
        /** The truck of a slot, which must be there. */
        public FeedDecoder.Truck at(int slot) {
            return java.util.Objects.requireNonNull(trucks.get(slot), () -> "no truck at slot " + slot);
        }
    }

    private final List<Scene> scenes = new ArrayList<>();
    private final FeedDecoder decoder = new FeedDecoder();

    public FilmReader(byte[] film) {
        ByteBuffer in = ByteBuffer.wrap(film).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] frame = new byte[in.getInt()];
            in.get(frame);
            long at =
                    (long) ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getDouble(16);
            int type = decoder.accept(frame);
            scenes.add(new Scene(at, type, new TreeMap<>(decoder.trucks)));
        }
    }

    public List<Scene> scenes() {
        return scenes;
    }

    /** The trucks' names, JSON. */
    public String dictionary() {
        return decoder.dictionaries.toString();
    }
}
