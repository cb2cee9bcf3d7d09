package io.haulwatch.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.training.study.StudyWhileDriving.Interval;
import io.haulwatch.training.study.StudyWhileDriving.Judged;
import io.haulwatch.training.study.StudyWhileDriving.Stretch;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyWhileDrivingTest {
    private static final long MINUTE = 60_000;

    private static long at(String time) {
        return LocalDate.of(2026, 9, 8)
                .atTime(LocalTime.parse(time))
                .toInstant(ZoneOffset.ofHours(8))
                .toEpochMilli();
    }

    private static Interval drive(String from, String to) {
        return new Interval(at(from), at(to));
    }

    private static Judged judge(Stretch stretch, Interval... driving) {
        return StudyWhileDriving.subtract(List.of(stretch), List.of(driving)).getFirst();
    }

    @Test
    void example4TwentyFiveMinutesAtTheWheelAreVoid() {
        Stretch evening = new Stretch(at("21:00"), at("21:40"), 40 * MINUTE);
        Judged judged = judge(evening, drive("21:10", "21:35"));
        assertThat(judged.drivingMillis()).isEqualTo(25 * MINUTE);
        assertThat(judged.voidMillis()).isEqualTo(25 * MINUTE);
        assertThat(judged.stretch().creditedMillis()).isEqualTo(15 * MINUTE);
    }

    @Test
    void drivesThatOverlapCountOnceAndThoseOutsideNotAtAll() {
        Stretch evening = new Stretch(at("21:00"), at("21:40"), 40 * MINUTE);
        Judged judged = judge(
                evening,
                drive("21:20", "21:30"),
                drive("21:10", "21:25"),
                drive("20:00", "21:00"),
                drive("21:40", "23:00"));
        assertThat(judged.drivingMillis()).isEqualTo(20 * MINUTE);
        assertThat(judge(evening, drive("21:40", "23:00")).drivingMillis()).isZero();
        assertThat(judge(evening, drive("20:00", "23:00")).stretch().creditedMillis())
                .isZero();
    }

    @Test
    void whatCanHaveBeenStudiedStandingStays() {
        Stretch paused = new Stretch(at("21:00"), at("21:40"), 10 * MINUTE);
        Judged judged = judge(paused, drive("21:10", "21:35"));
        assertThat(judged.voidMillis()).isZero();
        assertThat(judged.drivingMillis()).as("an alarm all the same").isEqualTo(25 * MINUTE);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> drive("21:00", "20:00")).hasMessageContaining("ends before it starts");
        assertThatThrownBy(() -> new Stretch(1, 2, 2)).hasMessageContaining("creditedMillis=2");
    }
}
