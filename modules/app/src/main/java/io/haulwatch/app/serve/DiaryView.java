package io.haulwatch.app.serve;

import io.haulwatch.console.port.TerminalDiaries;
import io.haulwatch.gateway.diary.Diaries;
import io.haulwatch.gateway.diary.FrameTap;
import io.haulwatch.gateway.diary.TerminalDiary;
import io.haulwatch.jt808.decode.FrameDecoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's diaries as the console shows them. */
final class DiaryView implements TerminalDiaries {
    private final Diaries diaries;
    private final Instant since;

    DiaryView(Diaries diaries, Instant since) {
        this.diaries = diaries;
        this.since = since;
    }

    @Override
    public @Nullable Diary diary(int vehicleId) {
        TerminalDiary diary = diaries.of(vehicleId);
        if (diary == null) {
            return null;
        }
        TerminalDiary.Page page = diary.page();
        Map<String, Integer> faults = new LinkedHashMap<>();
        page.faults().forEach((cause, times) -> faults.put(word(cause), times));
        Long ahead = page.clockAheadMillis();
        return new Diary(
                page.signOns(),
                page.firmware(),
                page.address(),
                page.wrongLengths(),
                ahead == null ? null : ahead / 1_000.0,
                faults,
                page.events().reversed().stream()
                        .map(event -> new Event(
                                Instant.ofEpochMilli(event.atMillis()),
                                event.why() == null ? "online" : word(event.why())))
                        .toList());
    }

    @Override
    public @Nullable List<Frame> frames(int vehicleId) {
        TerminalDiary diary = diaries.of(vehicleId);
        List<FrameTap.Frame> frames = diary == null ? null : diaries.frames(diary);
        return frames == null
                ? null
                : frames.stream()
                        .map(frame -> new Frame(
                                Instant.ofEpochMilli(frame.atMillis()),
                                frame.hex(),
                                frame.whole() ? FrameDecoder.decode(frame.hex()) : Map.of(),
                                frame.whole()))
                        .toList();
    }

    @Override
    public Instant since() {
        return since;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
