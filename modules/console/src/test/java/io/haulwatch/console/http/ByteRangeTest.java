package io.haulwatch.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
    /** Ranges of 10,000 bytes: the examples of RFC 9110, 14.1.2, in their order, then those of other lengths of 14.4. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10000 | bytes=0-499                        | 0-499
            10000 | bytes=500-999                      | 500-999
            10000 | bytes=-500                         | 9500-9999
            10000 | bytes=9500-                        | 9500-9999
            10000 | bytes=0-0,-1                       | whole
            10000 | bytes= 0-999, 4500-5499, -1000     | whole
            10000 | bytes=500-600,601-999              | 500-999
            10000 | bytes=500-700,601-999              | 500-999
            1234  | bytes=0-499                        | 0-499
            1234  | bytes=500-999                      | 500-999
            1234  | bytes=500-                         | 500-1233
            1234  | bytes=-500                         | 734-1233
            1234  | bytes=1234-                        | none
            47022 | bytes=21010-47021                  | 21010-47021
            """)
    void answersTheExamplesOfTheStandard(long size, String header, String expected) {
        assertThat(words(ByteRange.of(header, size))).isEqualTo(expected);
    }

    /** What the text of 14.1 and 14.2 says besides. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10000 | bytes=9500-99999999                | 9500-9999 | a last position beyond the end means the end
            10000 | bytes=-20000                       | 0-9999    | a suffix longer than all is all
            10000 | bytes=-0                           | none      | a suffix of nothing has no byte
            10000 | bytes=10000-                       | none      | it begins behind the end
            10000 | bytes=10000-,20000-30000           | none      | all of them do
            10000 | bytes=10000-,5-6                   | 5-6       | one that has a byte is enough
            10000 | bytes=6-5                          | whole     | a last position before the first is invalid
            10000 | bytes=                             | whole     | nothing is asked
            10000 | bytes=,,                           | whole     | nor here
            10000 | bytes=,0-1,                        | 0-1       | empty elements of a list are let go by
            10000 | bytes=-                            | whole     | no number
            10000 | bytes=a-b                          | whole     | no digits
            10000 | bytes=--5                          | whole     | two signs
            10000 | bytes=+1-2                         | whole     | no sign belongs here
            10000 | bytes=0-499;x                      | whole     | more than a range
            10000 | BYTES=0-1                          | 0-1       | units have no case
            10000 | lines=0-1                          | whole     | an unknown unit is let go by
            10000 | 0-1                                | whole     | no unit
            10000 | bytes=99999999999999999999999-     | none      | larger than any number
            10000 | bytes=0-99999999999999999999999    | 0-9999    | the end, however far it says
            10000 | bytes=-99999999999999999999999     | 0-9999    | the same from behind
            3000000000 | bytes=2147483647-2147483648   | 2147483647-2147483648 | beyond 31 bits
            3000000000 | bytes=-1                      | 2999999999-2999999999 | the last one
            """)
    void answersWhatElseTheStandardSays(long size, String header, String expected, String why) {
        assertThat(words(ByteRange.of(header, size))).as(why).isEqualTo(expected);
    }

    @Test
    void aHeaderOfVeryManyRangesIsLetGoBy() {
        assertThat(words(ByteRange.of("bytes=" + "0-0,".repeat(16), 10))).isEqualTo("0-0");
        assertThat(words(ByteRange.of("bytes=" + "0-0,".repeat(17), 10))).isEqualTo("whole");
        assertThat(words(ByteRange.of(null, 10))).isEqualTo("whole");
    }

    @Test
    void aRangeCountsIfTheTagIsExactlyTheOne() {
        EntityTag tag = EntityTag.of("abc");
        assertThat(tag.header()).isEqualTo("\"abc\"");
        assertThat(tag.allowsRange(null)).isTrue();
        assertThat(tag.allowsRange("\"abc\"")).isTrue();
        assertThat(tag.allowsRange("W/\"abc\"")).as("a weak tag never counts").isFalse();
        assertThat(tag.allowsRange("\"abd\"")).isFalse();
        assertThat(tag.allowsRange("Sat, 29 Oct 1994 19:43:31 GMT"))
                .as("no date was told")
                .isFalse();
        assertThat(tag.isAmong("\"x\", W/\"abc\""))
                .as("for a cache a weak one is enough")
                .isTrue();
        assertThat(tag.isAmong("*")).isTrue();
        assertThat(tag.isAmong("abc")).isFalse();
        assertThat(tag.isAmong(null)).isFalse();
    }

    private static String words(ByteRange range) {
        return switch (range) {
            case ByteRange.Whole whole -> "whole";
            case ByteRange.Unsatisfiable none -> "none";
            case ByteRange.Part part -> part.first() + "-" + part.last();
        };
    }
}
