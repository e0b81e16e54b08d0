package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTypeTest {
  private static final String ID = "0d7b3a52-6a0e-4b43-9d2e-4f3f0f7f7a01";

  @ParameterizedTest
  @MethodSource("values")
  void convertsOnlyValuesOfTheType(ColumnType type, Object value, @Nullable String segment) {
    assertThat(type.segment(value)).isEqualTo(segment);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(ColumnType.INTEGER, 7, "7"),
        Arguments.of(ColumnType.INTEGER, 7L, "7"),
        Arguments.of(ColumnType.INTEGER, (short) 7, "7"),
        Arguments.of(ColumnType.INTEGER, BigInteger.valueOf(7), "7"),
        Arguments.of(ColumnType.INTEGER, "7", "7"),
        Arguments.of(ColumnType.INTEGER, "+007", "7"),
        Arguments.of(ColumnType.INTEGER, Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(ColumnType.INTEGER, "", null),
        Arguments.of(ColumnType.INTEGER, "7.0", null),
        Arguments.of(ColumnType.INTEGER, "9".repeat(41), null),
        Arguments.of(ColumnType.INTEGER, 7.0, null),
        Arguments.of(ColumnType.INTEGER, true, null),
        Arguments.of(ColumnType.TEXT, "a b", "a%20b"),
        Arguments.of(ColumnType.TEXT, "", "~e"),
        Arguments.of(ColumnType.TEXT, 7, null),
        Arguments.of(ColumnType.BOOLEAN, true, "true"),
        Arguments.of(ColumnType.BOOLEAN, "false", "false"),
        Arguments.of(ColumnType.BOOLEAN, "t", null),
        Arguments.of(ColumnType.BOOLEAN, 1, null),
        Arguments.of(ColumnType.DATE, LocalDate.of(2026, 11, 20), "2026-11-20"),
        Arguments.of(ColumnType.DATE, "2026-11-20", "2026-11-20"),
        Arguments.of(ColumnType.DATE, "2026-11-20Z", "2026-11-20"),
        Arguments.of(ColumnType.DATE, "2026-11-20+01:00", "2026-11-20"),
        Arguments.of(ColumnType.DATE, 20777, "2026-11-20"),
        Arguments.of(ColumnType.DATE, 20777L, "2026-11-20"),
        Arguments.of(ColumnType.DATE, "+12026-11-20Z", "+12026-11-20"),
        Arguments.of(ColumnType.DATE, "-0044-03-15", "-0044-03-15"),
        Arguments.of(ColumnType.DATE, "2026-02-30", null),
        Arguments.of(ColumnType.DATE, "2026-1-2", null),
        Arguments.of(ColumnType.DATE, "２０２６-11-20", null),
        Arguments.of(ColumnType.DATE, "2026-11-20X", null),
        Arguments.of(ColumnType.DATE, "2026-11-20T10:00", null),
        Arguments.of(ColumnType.DATE, "infinity", null),
        Arguments.of(ColumnType.DATE, "", null),
        Arguments.of(ColumnType.DATE, Long.MAX_VALUE, null),
        Arguments.of(ColumnType.DATE, true, null),
        Arguments.of(ColumnType.UUID, ID, ID),
        Arguments.of(ColumnType.UUID, ID.toUpperCase(java.util.Locale.ROOT), ID),
        Arguments.of(ColumnType.UUID, UUID.fromString(ID), ID),
        Arguments.of(ColumnType.UUID, "1-2-3-4-5", null),
        Arguments.of(ColumnType.UUID, "x".repeat(36), null),
        Arguments.of(ColumnType.UUID, 7, null),
        Arguments.of(ColumnType.TIMESTAMP, "2026-11-20T10:00:00Z", null),
        Arguments.of(ColumnType.TIME, "10:00:00Z", null),
        Arguments.of(ColumnType.DECIMAL, new BigDecimal("1.50"), null));
  }

  @Test
  void everySpellingOfADateIsTheSameSegment() {
    long seed = 20261120;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long days = random.nextInt(4_000_000) - 1_000_000L;
      LocalDate date = LocalDate.ofEpochDay(days);

      assertThat(
              Stream.of(date, days, (int) days, date.toString(), date + "Z", date + "+02:00")
                  .map(ColumnType.DATE::segment))
          .as("seed %d", seed)
          .containsOnly(date.toString());
    }
  }

  @Test
  void onlyTypesWithUniqueTextCanBeBound() {
    assertThat(Stream.of(ColumnType.values()).filter(ColumnType::bindable))
        .containsExactly(
            ColumnType.INTEGER,
            ColumnType.TEXT,
            ColumnType.BOOLEAN,
            ColumnType.DATE,
            ColumnType.UUID);
  }
}
