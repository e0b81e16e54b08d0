package dev.freshcut.benchmarks.booking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Open connections, by turns to each instance. */
final class Connections implements AutoCloseable {
  private final List<HttpConnection> all = new ArrayList<>();

  Connections(BookingPlatform platform, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      all.add(new HttpConnection(platform.port(i % platform.instances())));
    }
  }

  HttpConnection get(int index) {
    return all.get(index);
  }

  @Override
  public void close() throws IOException {
    for (HttpConnection connection : all) {
      connection.close();
    }
  }
}
