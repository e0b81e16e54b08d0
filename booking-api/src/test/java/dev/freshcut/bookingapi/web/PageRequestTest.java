package dev.freshcut.bookingapi.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
  private static final String LIST = "things by number";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 11, 100})
  void pagesMakeTheWholeList(int limit) {
    List<Long> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<Long> page = page(limit, cursor, LIST);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
  }

  @Test
  void cursorIsOfOneList() {
    String cursor = page(3, null, LIST).nextCursor();

    assertAll(
        () -> assertRefused(cursor, "other things", 1),
        () -> assertRefused(cursor, LIST, 2),
        () -> assertRefused("", LIST, 1),
        () -> assertRefused("x", LIST, 1),
        () -> assertRefused("not base64!", LIST, 1),
        () -> assertRefused(cursor + "AAAA", LIST, 1),
        () -> assertRefused("A" + cursor, LIST, 1));
  }

  private static void assertRefused(@Nullable String cursor, String list, int width) {
    assertThatThrownBy(
            () ->
                new PageRequest(3, cursor)
                    .<Long>load(list, width, (last, count) -> List.of(), List::of))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("invalid-request");
              assertThat(e.problem().errors().getFirst().field()).isEqualTo("cursor");
            });
  }

  private static Page<Long> page(int limit, @Nullable String cursor, String list) {
    return new PageRequest(limit, cursor)
        .load(
            list,
            1,
            (last, count) ->
                LongStream.rangeClosed(last == null ? 1 : last.getFirst() + 1, 10)
                    .limit(count)
                    .boxed()
                    .toList(),
            List::of);
  }
}
