package dev.freshcut.bookingapi.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.model.CacheModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionAfterCommitTest {
  private static final String TABLE = "public.appointments";
  private static final CacheModel MODEL = CacheModel.loadResource("freshcut/cache-model.yml");

  private final List<Eviction> evicted = new ArrayList<>();

  @Test
  void bothImagesAreEvictedAtTheTransaction() {
    RowChanges changes = new RowChanges();
    changes.updated(TABLE, row(4, "2026-11-20"), row(5, "2026-11-21"));

    new EvictionAfterCommit(MODEL, new RecordingEvictor()).evict(changes, 749);

    assertThat(evicted).allMatch(eviction -> eviction.xid() == 749);
    assertThat(evicted)
        .extracting(eviction -> eviction.pattern().text())
        .containsExactlyInAnyOrder(
            "slots:{7}:2026-11-20:4",
            "slots:{7}:2026-11-21:5",
            "barber-schedule:{7}:4:2026-11-20",
            "barber-schedule:{7}:5:2026-11-21",
            "conflicts:{7}:4:2026-11-20",
            "conflicts:{7}:5:2026-11-21");
  }

  @Test
  void changeThatMattersToNobodyCallsNobody() {
    RowChanges changes = new RowChanges();
    changes.updated(TABLE, row(4, "2026-11-20"), row(4, "2026-11-20"));

    new EvictionAfterCommit(MODEL, new FailingEvictor(new AssertionError())).evict(changes, 749);

    assertThat(evicted).isEmpty();
  }

  @Test
  void failureIsNotTheWritersConcern() {
    RowChanges changes = new RowChanges();
    changes.created(TABLE, row(4, "2026-11-20"));

    for (RuntimeException failure :
        List.of(
            new CacheUnavailableException("away", new IllegalStateException()),
            new IllegalStateException("bug"))) {
      assertThatCode(
              () -> new EvictionAfterCommit(MODEL, new FailingEvictor(failure)).evict(changes, 749))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void rowThatTheModelCannotReadIsNotTheWritersConcern() {
    RowChanges changes = new RowChanges();
    changes.created(TABLE, "{\"id\": 1}");

    assertThatCode(() -> new EvictionAfterCommit(MODEL, new RecordingEvictor()).evict(changes, 749))
        .doesNotThrowAnyException();
  }

  private static String row(long barber, String date) {
    return """
    {"id": 1, "location_id": 7, "barber_id": %d, "local_date": "%s", "status": "confirmed",
     "busy_from": "2026-11-20T09:00:00+00:00", "busy_until": "2026-11-20T09:40:00+00:00",
     "service_id": 3, "customer_id": 2, "starts_at": "2026-11-20T09:00:00+00:00",
     "ends_at": "2026-11-20T09:30:00+00:00"}
    """
        .formatted(barber, date);
  }

  private class RecordingEvictor implements Evictor {
    @Override
    public long evict(Collection<Eviction> evictions, Progress progress) {
      evicted.addAll(evictions);
      return 0;
    }

    @Override
    public long evictEverything(long xid) {
      throw new UnsupportedOperationException();
    }
  }

  private final class FailingEvictor extends RecordingEvictor {
    private final Throwable failure;

    FailingEvictor(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public long evict(Collection<Eviction> evictions, Progress progress) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }
}
