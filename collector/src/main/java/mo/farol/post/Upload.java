package mo.farol.post;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;
import mo.farol.wire.Budget;
import mo.farol.wire.Gathering;
import mo.farol.wire.Gunzip;
import mo.farol.wire.Inflate;
import mo.farol.wire.Unpacking;
import mo.farol.wire.Unzstd;
import org.jspecify.annotations.Nullable;

/**
 * The body of one admitted request: unpacked as it comes, bounded, handed to its protocol. Memory
 * is taken from the budget in steps and given back on {@link #close}.
 */
final class Upload implements AutoCloseable {
  private static final int STEP_BYTES = 64 << 10;

  /** How a body may be packed. */
  enum Packing {
    NONE,
    GZIP,
    DEFLATE,
    ZSTD;

    /** By the content-encoding header; empty for an unknown one. */
    static Optional<Packing> of(String encoding) {
      return switch (encoding.toLowerCase(Locale.ROOT)) {
        case "", "identity" -> Optional.of(NONE);
        case "gzip", "x-gzip" -> Optional.of(GZIP);
        case "deflate" -> Optional.of(DEFLATE);
        case "zstd" -> Optional.of(ZSTD);
        default -> Optional.empty();
      };
    }
  }

  private final Call call;
  private final Protocol protocol;
  private final Reception reception;
  private final Budget budget;
  private final Unpacking unpacking;
  // What unpacking itself needs as soon as the body begins.
  private final long floor;
  private long taken;
  private long wireBytes;
  private boolean ended;
  private @Nullable Refusal over;
  // The body as sent, where one that can't be unpacked is kept; and why this one can't be.
  private final @Nullable Gathering sent;
  private @Nullable Refusal damage;

  private Upload(
      Call call, Protocol protocol, Reception reception, Packing packing, Budget budget) {
    this.call = call;
    this.protocol = protocol;
    this.reception = reception;
    this.budget = budget;
    int kept = packing == Packing.NONE ? 0 : reception.keepsBroken();
    this.sent = kept == 0 ? null : new Gathering(kept);
    this.floor = (long) kept + (packing == Packing.ZSTD ? Unzstd.MOST_BYTES : STEP_BYTES);
    long limit = protocol.unpackedBytes();
    this.unpacking =
        switch (packing) {
          case NONE -> Unpacking.none(limit, this::unpacked);
          case GZIP -> new Gunzip(limit, this::unpacked);
          case DEFLATE -> new Inflate(limit, this::unpacked);
          case ZSTD -> new Unzstd(limit, this::unpacked);
        };
  }

  /** Empty where the budget has no room for another. */
  static Optional<Upload> open(
      Call call, Protocol protocol, Reception reception, Packing packing, Budget budget) {
    if (!budget.take(call.agency(), STEP_BYTES)) {
      return Optional.empty();
    }
    var upload = new Upload(call, protocol, reception, packing, budget);
    upload.taken = STEP_BYTES;
    return Optional.of(upload);
  }

  Call call() {
    return call;
  }

  Protocol protocol() {
    return protocol;
  }

  /** An answer as this protocol's clients know it. */
  Answer dress(Answer answer) {
    return protocol.dress(call, answer);
  }

  /** A refusal as this protocol's clients know it. */
  Answer refuse(Refusal why) {
    return dress(protocol.refuse(call, why));
  }

  /**
   * Takes the next bytes as sent.
   *
   * @param chunk to copy them through
   * @return why no more of it is wanted, or null
   */
  @Nullable Refusal take(ByteBuf content, byte[] chunk) {
    wireBytes += content.readableBytes();
    if (wireBytes > protocol.bodyBytes()) {
      return Refusal.bodyTooLarge(protocol.bodyBytes());
    }
    if (taken < floor && !claim(floor - taken)) {
      return Refusal.BUSY;
    }
    try {
      while (content.isReadable() && over == null) {
        int n = Math.min(content.readableBytes(), chunk.length);
        content.readBytes(chunk, 0, n);
        unpack(chunk, n);
      }
      return over;
    } catch (Unpacking.Broken e) {
      return refusal(e);
    }
  }

  private void unpack(byte[] chunk, int length) throws Unpacking.Broken {
    if (sent != null) {
      sent.add(chunk, 0, length);
    }
    if (damage != null) {
      return;
    }
    try {
      unpacking.take(chunk, 0, length);
    } catch (Unpacking.Broken e) {
      if (sent == null || e.tooMuch) {
        throw e;
      }
      damage = refusal(e);
    }
  }

  /** The body is here. */
  Ending end() {
    ended = true;
    try {
      if (damage == null) {
        unpacking.end();
      }
    } catch (Unpacking.Broken e) {
      damage = refusal(e);
    }
    if (damage == null) {
      return reception.end();
    }
    return sent == null ? new Ending.Refused(damage) : reception.broken(damage, sent);
  }

  /** Whether the whole body has come. */
  boolean isEnded() {
    return ended;
  }

  @Override
  public void close() {
    unpacking.close();
    budget.give(call.agency(), taken);
    taken = 0;
  }

  private void unpacked(byte[] bytes, int from, int to) {
    if (over != null) {
      return;
    }
    reception.take(bytes, from, to);
    long held = reception.held();
    if (held > Math.min(Collected.MOST_BYTES, budget.share() - STEP_BYTES)) {
      over = Refusal.tooLarge("Send fewer events at once.");
    } else if (held > taken && !claim(held - taken)) {
      over = Refusal.BUSY;
    }
  }

  private boolean claim(long missing) {
    long step = Math.ceilDiv(missing, STEP_BYTES) * STEP_BYTES;
    boolean had = budget.take(call.agency(), step);
    taken += had ? step : 0;
    return had;
  }

  private static Refusal refusal(Unpacking.Broken e) {
    String why = String.valueOf(e.getMessage());
    return e.tooMuch ? Refusal.tooLarge(why) : Refusal.brokenBody(why);
  }
}
