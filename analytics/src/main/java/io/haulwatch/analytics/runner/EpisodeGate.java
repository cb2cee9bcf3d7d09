package io.haulwatch.analytics.runner;

import io.haulwatch.analytics.ledger.EpisodeContent;
import io.haulwatch.analytics.stream.Said;
import io.haulwatch.model.episode.DoubtMark;
import io.haulwatch.model.episode.Episode;
import io.haulwatch.model.episode.EpisodeState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stands between rules and episode stream after a crash: what the stream holds behind the snapshot is not said again. One vehicle's
 * records come in the same order on every run, so its revisions are the same; a driver of two trucks may be told of in another order
 * of the two, so when all is read again the last words are compared, and only a difference is said.
 */
final class EpisodeGate {
    /** Last revision in the stream behind the snapshot, by id. */
    private final Map<UUID, Episode> there = new HashMap<>();
    /** Last revision said in this run of what was there already. */
    private final Map<UUID, Episode> again = new HashMap<>();
    /** Episodes whose revisions in the stream run ahead of the rules' own count: the last one in the stream. */
    private final Map<UUID, Integer> ahead = new HashMap<>();

    private final Set<DoubtMark> doubts = new HashSet<>();

    /** Takes in a record of the stream behind the snapshot. */
    void seen(Said said) {
        switch (said) {
            case Said.OfEpisode revision -> {
                Episode episode = revision.episode();
                Episode known = there.get(episode.id());
                if (known == null || known.revision() <= episode.revision()) {
                    there.put(episode.id(), episode);
                }
            }
            case Said.OfDoubt doubt -> doubts.add(doubt.mark());
        }
    }

    /** The revision as it is to be appended, or null if it is there already. */
    @Nullable
    Episode pass(Episode episode) {
        Episode known = there.get(episode.id());
        if (known != null && episode.revision() <= known.revision()) {
            again.put(episode.id(), episode);
            return null;
        }
        // The story goes on: what is said from here follows the stream's last word.
        there.remove(episode.id());
        return counted(episode);
    }

    /** Whether the mark is to be appended. */
    boolean pass(DoubtMark mark) {
        return !doubts.contains(mark);
    }

    private Episode counted(Episode episode) {
        Integer last = ahead.get(episode.id());
        if (last == null || episode.revision() > last) {
            return episode;
        }
        ahead.put(episode.id(), last + 1);
        return withRevision(episode, last + 1);
    }

    /**
     * Everything that had been read before the crash is read again: says what has to be put right, and stops looking back.
     *
     * @param whole nothing that had been read then is missing now; without that, what was not said again is left as it stands
     */
    List<Episode> caughtUp(boolean whole) {
        List<Episode> out = new ArrayList<>();
        for (Episode known : there.values()) {
            Episode now = again.get(known.id());
            if (now == null) {
                if (whole && known.state() != EpisodeState.WITHDRAWN) {
                    out.add(EpisodeContent.revised(known, known.revision() + 1, EpisodeState.WITHDRAWN, "recovery"));
                    ahead.put(known.id(), known.revision() + 1);
                }
            } else if (now.revision() <= known.revision() && !EpisodeContent.same(now, known)) {
                out.add(withRevision(now, known.revision() + 1));
                ahead.put(known.id(), known.revision() + 1);
            } else if (now.revision() < known.revision()) {
                ahead.put(known.id(), known.revision());
            }
        }
        there.clear();
        again.clear();
        doubts.clear();
        return out;
    }

    private static Episode withRevision(Episode episode, int revision) {
        return EpisodeContent.revised(
                episode, revision, episode.state(), episode.facts().get(EpisodeContent.WHY));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(ahead.size());
        for (Map.Entry<UUID, Integer> entry : ahead.entrySet()) {
            out.writeLong(entry.getKey().getMostSignificantBits());
            out.writeLong(entry.getKey().getLeastSignificantBits());
            out.writeInt(entry.getValue());
        }
    }

    void readFrom(DataInput in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            UUID id = new UUID(in.readLong(), in.readLong());
            ahead.put(id, in.readInt());
        }
    }
}
