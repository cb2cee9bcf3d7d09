package io.haulwatch.analytics.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.haulwatch.log.ReportLog;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes of the episode stream ({@link ReportLog#EPISODES}): version u8, type u8, then for an episode its record as JSON in UTF-8, for a
 * doubt mark {@code vehicle i32, device time i64, hash i64, name of the reason}. A type or version that this build does not know is skipped by
 * its readers, so that an older console can read beside a newer rule runner.
 */
public final class EpisodeStream {
    /** Layout version that this build writes. */
    public static final int VERSION = 1;

    private static final int EPISODE = 1;
    private static final int DOUBT = 2;
    private static final int HEAD = 2;
    private static final int DOUBT_HEAD = HEAD + Integer.BYTES + 2 * Long.BYTES;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Subject.class, new SubjectWriter())
                    .addDeserializer(Subject.class, new SubjectReader()))
            .build();

    private EpisodeStream() {}

    /** The record of a revision. */
    public static byte[] encode(Episode episode) {
        try {
            byte[] json = JSON.writeValueAsBytes(episode);
            return ByteBuffer.allocate(HEAD + json.length)
                    .put((byte) VERSION)
                    .put((byte) EPISODE)
                    .put(json)
                    .array();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an episode is always JSON: id=" + episode.id(), e);
        }
    }

    /** The record of a doubt mark. */
    public static byte[] encode(DoubtMark mark) {
        byte[] reason = mark.reason().name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(DOUBT_HEAD + reason.length)
                .put((byte) VERSION)
                .put((byte) DOUBT)
                .putInt(mark.vehicleId())
                .putLong(mark.deviceMillis())
                .putLong(mark.hash())
                .put(reason)
                .array();
    }

    /** What a cursor over the stream stands on; empty for a kind of record that this build does not know. */
    public static Optional<Said> decode(ReportLog.Cursor cursor) throws IOException {
        byte[] bytes = new byte[cursor.length()];
        cursor.buffer().get(cursor.position(), bytes);
        return decode(bytes);
    }

    /**
     * Reads one record; empty for a kind of record that this build does not know.
     *
     * @throws IOException if a known record cannot be read
     */
    public static Optional<Said> decode(byte[] bytes) throws IOException {
        if (bytes.length < HEAD || bytes[0] != VERSION) {
            return Optional.empty();
        }
        return switch (bytes[1]) {
            case EPISODE ->
                Optional.of(new Said.OfEpisode(JSON.readValue(bytes, HEAD, bytes.length - HEAD, Episode.class)));
            case DOUBT -> Optional.of(new Said.OfDoubt(doubt(bytes)));
            default -> Optional.empty();
        };
    }

    private static DoubtMark doubt(byte[] bytes) throws IOException {
        if (bytes.length < DOUBT_HEAD) {
            throw new IOException("a doubt mark is cut short: length=" + bytes.length + ", needed=" + DOUBT_HEAD);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, HEAD, bytes.length - HEAD);
        int vehicleId = in.getInt();
        long deviceMillis = in.getLong();
        long hash = in.getLong();
        String name = new String(bytes, DOUBT_HEAD, bytes.length - DOUBT_HEAD, StandardCharsets.US_ASCII);
        for (DoubtMark.Reason reason : DoubtMark.Reason.values()) {
            if (reason.name().equals(name)) {
                return new DoubtMark(vehicleId, deviceMillis, hash, reason);
            }
        }
        throw new IOException("no such reason of doubt: reason=" + name);
    }

    private static final class SubjectWriter extends StdSerializer<Subject> {
        private static final long serialVersionUID = 1L;

        SubjectWriter() {
            super(Subject.class);
        }

        @Override
        public void serialize(Subject subject, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(subject.key());
        }
    }

    private static final class SubjectReader extends StdDeserializer<Subject> {
        private static final long serialVersionUID = 1L;

        SubjectReader() {
            super(Subject.class);
        }

        @Override
        public Subject deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Subject.parse(in.getValueAsString());
        }
    }
}
