package io.haulwatch.jt808.message;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Range;
import io.haulwatch.jt808.frame.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch of position reports (定位数据批量上传, 0x0704) at rest; where it flows, {@link LocationBatchView}. The printed offsets 1 and 2 are misprints
 * (section 13): count is a WORD, type stands at 2.
 *
 * @param type 0 normal batch, 1 blind-area backfill (盲区补报)
 * @param reports at least one by the standard
 */
public record LocationBatch(int type, List<LocationReport> reports) implements MessageBody {
    private static final int HEAD = 3;

    /** Copies the reports. */
    public LocationBatch {
        reports = List.copyOf(reports);
    }

    /** Reads a body to its end whatever count is announced; an item that is no position costs only itself. Null without count and type. */
    public static @Nullable LocationBatch read(BodyReader in) {
        if (!in.has(HEAD)) {
            return null;
        }
        int count = in.u16();
        int type = in.u8();
        List<LocationReport> reports = new ArrayList<>();
        while (in.has(2)) {
            LocationReport report = LocationReport.read(in.part(in.u16()));
            if (report != null) {
                reports.add(report);
            }
        }
        if (reports.size() != count) {
            in.missing();
        }
        return new LocationBatch(type, reports);
    }

    @Override
    public FrameWriter put(Edition edition, FrameWriter writer) {
        return LocationReport.putBatch(writer, Range.u8("type", type), reports);
    }

    @Override
    public void describe(Tree tree) {
        tree.put("count", reports.size())
                .code("type", type, "normal", "blind_area")
                .list("positions", reports, LocationReport::describe);
    }
}
