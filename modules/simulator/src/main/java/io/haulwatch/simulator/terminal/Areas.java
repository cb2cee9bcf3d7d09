package io.haulwatch.simulator.terminal;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAnswer;
import io.haulwatch.jt808.area.AreaBody;
import io.haulwatch.jt808.area.AreaQuery;
import io.haulwatch.jt808.area.Circle;
import io.haulwatch.jt808.area.DeleteAreas;
import io.haulwatch.jt808.area.Polygon;
import io.haulwatch.jt808.area.Rectangle;
import io.haulwatch.jt808.area.Route;
import io.haulwatch.jt808.area.SetCircles;
import io.haulwatch.jt808.area.SetRectangles;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.SubpackageAssembler;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The areas and routes of one simulated terminal: what the platform has set since the fleet started. One terminal in {@value #FORGETS_EVERY} says yes and keeps
 * nothing, as units with a full memory do. One thread.
 */
final class Areas {
    private static final int FORGETS_EVERY = 25;
    private static final int FIRST_THAT_FORGETS = 11;
    /** Of 0x8600 and 0x8602: instead of all that are there. */
    private static final int UPDATE = 0;

    private static final int KINDS = 4;

    /** What {@link #take} says of a frame that is not about areas. */
    static final int NONE = -1;

    /** What {@link #take} says of a package behind which others have to come. */
    static final int UNFINISHED = -2;

    private final boolean forgets;
    /** By kind and, below it, by id. */
    private final SortedMap<Long, AreaBody> held = new TreeMap<>();

    /** Long zones come in packages; made with the first one, most trucks never see any. */
    private @Nullable SubpackageAssembler packages;

    Areas(int truck) {
        forgets = truck % FORGETS_EVERY == FIRST_THAT_FORGETS;
    }

    /**
     * Takes an order. A long one is answered for all its packages with the last that comes.
     *
     * @return the result for the general answer, {@link #NONE} or {@link #UNFINISHED}
     */
    int take(Edition edition, FrameView frame, long nowMillis) {
        int messageId = frame.messageId();
        if (!isOrder(messageId)) {
            return NONE;
        }
        BodyReader body = new BodyReader(frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        if (frame.subpackaged()) {
            SubpackageAssembler joins =
                    packages == null ? new SubpackageAssembler(SubpackageAssembler.Limits.STANDARD) : packages;
            packages = joins;
            if (joins.add(frame, nowMillis) != SubpackageAssembler.Outcome.COMPLETE) {
                return UNFINISHED;
            }
            byte[] whole = joins.take().body();
            body = new BodyReader(whole, 0, whole.length);
        }
        return take(edition, messageId, body);
    }

    private static boolean isOrder(int messageId) {
        return messageId >= MessageId.SET_CIRCLES && messageId <= MessageId.DELETE_ROUTES;
    }

    /** Takes an order that is whole. @return the result for the general answer, or {@link #NONE} */
    int take(Edition edition, int messageId, BodyReader body) {
        if (!isOrder(messageId)) {
            return NONE;
        }
        int kind = 1 + (messageId - MessageId.SET_CIRCLES) / 2;
        if (messageId % 2 == 0) {
            AreaBody said = AreaBody.read(kind, edition, body);
            if (said == null) {
                return GeneralAnswer.WRONG;
            }
            if (!forgets) {
                set(kind, said);
            }
        } else {
            DeleteAreas said = DeleteAreas.read(body);
            if (said == null) {
                return GeneralAnswer.WRONG;
            }
            if (said.ids().isEmpty()) {
                of(kind).clear();
            }
            said.ids().forEach(id -> held.remove(key(kind, id)));
        }
        return GeneralAnswer.SUCCESS;
    }

    /** What an edition 2019 tells; null for a query that it cannot answer. */
    @Nullable
    AreaAnswer tell(@Nullable AreaQuery query) {
        if (query == null || query.kind() < 1 || query.kind() > KINDS) {
            return null;
        }
        List<AreaBody> told = new ArrayList<>();
        of(query.kind()).forEach((key, body) -> {
            if (query.ids().isEmpty() || query.ids().contains(key & 0xFFFF_FFFFL)) {
                told.add(body);
            }
        });
        return AreaAnswer.of(query.kind(), told);
    }

    private void set(int kind, AreaBody said) {
        switch (said) {
            case SetCircles(int action, List<Circle> circles) -> {
                if (action == UPDATE) {
                    of(kind).clear();
                }
                circles.forEach(each -> held.put(key(kind, each.id()), new SetCircles(action, List.of(each))));
            }
            case SetRectangles(int action, List<Rectangle> rectangles) -> {
                if (action == UPDATE) {
                    of(kind).clear();
                }
                rectangles.forEach(each -> held.put(key(kind, each.id()), new SetRectangles(action, List.of(each))));
            }
            case Polygon polygon -> held.put(key(kind, polygon.id()), polygon);
            case Route route -> held.put(key(kind, route.id()), route);
        }
    }

    private SortedMap<Long, AreaBody> of(int kind) {
        return held.subMap(key(kind, 0), key(kind + 1, 0));
    }

    private static long key(int kind, long id) {
        return ((long) kind << 32) | id;
    }
}
