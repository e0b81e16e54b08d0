package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.StampedStore.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an entry: version, flags, floor, time of loading, time of expiry (milliseconds since
 * the epoch), then the value's JSON, deflated if flag 1 is set. Big-endian; {@code begin.lua} and
 * {@code fill.lua} read the version and the floor.
 */
final class EntryCodec {
  private static final byte VERSION = 1;
  private static final byte DEFLATED = 1;
  private static final int HEADER = 2 + 3 * Long.BYTES;

  private final int maxValueBytes;

  EntryCodec(int maxValueBytes) {
    this.maxValueBytes = maxValueBytes;
  }

  byte[] encode(Entry entry, int compressAbove) {
    byte[] body = entry.json();
    byte flags = 0;
    if (body.length > compressAbove) {
      byte[] deflated = deflate(body);
      if (deflated.length < body.length) {
        body = deflated;
        flags = DEFLATED;
      }
    }
    return ByteBuffer.allocate(HEADER + body.length)
        .put(VERSION)
        .put(flags)
        .putLong(entry.floor())
        .putLong(entry.loadedAt().toEpochMilli())
        .putLong(entry.expiresAt().toEpochMilli())
        .put(body)
        .array();
  }

  /** The entry; null if the bytes are not of this version, damaged or larger than the limit. */
  @Nullable Entry decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      if (buffer.get() != VERSION) {
        return null;
      }
      byte flags = buffer.get();
      long floor = buffer.getLong();
      Instant loadedAt = Instant.ofEpochMilli(buffer.getLong());
      Instant expiresAt = Instant.ofEpochMilli(buffer.getLong());
      byte[] body = new byte[buffer.remaining()];
      buffer.get(body);
      byte[] json = (flags & DEFLATED) == 0 ? body : inflate(body);
      return json == null || json.length > maxValueBytes
          ? null
          : new Entry(json, floor, loadedAt, expiresAt);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static byte[] deflate(byte[] body) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
      deflating.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private byte @Nullable [] inflate(byte[] body) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(maxValueBytes + 1);
    } catch (IOException e) {
      return null;
    }
  }
}
