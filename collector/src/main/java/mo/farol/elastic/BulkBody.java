package mo.farol.elastic;

import java.io.ByteArrayOutputStream;
import mo.farol.post.Collected;
import mo.farol.post.Ending;
import mo.farol.post.Reception;
import mo.farol.post.Refusal;
import mo.farol.wire.Gathering;
import org.jspecify.annotations.Nullable;

/**
 * A bulk body as it streams by: an action line and, but for a delete, the line of its document are
 * one frame, with the line end between them. The last line may lack its end. A line that should be
 * an action and is none is a frame of its own, which the answer passes over.
 *
 * <p>Shippers give up for good what is answered with another 4xx than 429, so that none of these is
 * given while the request can be kept. Of more than 100,000 items the first are kept and each of
 * the rest is answered 429: Filebeat, Logstash, Vector and Elastic's clients send those alone
 * again, Fluent Bit the whole chunk, whose 2 MB hardly hold as many. A body that can't be unpacked
 * would be as broken the next time: what could be read of it is kept, the body as sent in a frame
 * behind it, and answered without an error. A 429 or 503 would be sent again for ever, {@code
 * errors:true} without an item that failed be read by each in its own way. Only what has more than
 * 500,000 lines or is too large altogether is 413, as Elasticsearch answers it.
 */
final class BulkBody implements Reception {
  static final int MOST_ITEMS = 100_000;
  static final int MOST_LINES = 500_000;
  private static final byte[] LINE_END = {'\n'};

  private final int limit;
  private final BulkAnswer answer;
  private final BulkAction action = new BulkAction();
  private final Collected frames = new Collected();
  private final Gathering piece;
  // Ordinals of the kinds of the actions that are not kept.
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream(0);
  // The action whose document is awaited, or that is at hand.
  private BulkAction.@Nullable Kind kind;
  private int items;
  private boolean tooMany;
  // Where the document begins in the piece; 0 while the action line is being read.
  private int source;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  BulkBody(int limit, BulkAnswer answer) {
    this.limit = limit;
    this.piece = new Gathering(limit);
    this.answer = answer;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    int at = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        piece.add(bytes, at, i);
        line();
        at = i + 1;
      }
    }
    piece.add(bytes, at, to);
  }

  @Override
  public long held() {
    return tooMany ? Collected.MOST_BYTES + 1 : frames.held() + piece.held() + rest.size();
  }

  @Override
  public int keepsBroken() {
    return limit;
  }

  @Override
  public Ending end() {
    finish();
    return ending(null);
  }

  @Override
  public Ending broken(Refusal why, Gathering sent) {
    finish();
    if (sent.kept() > 0) {
      sent.emit(0, sent.kept(), (byte) 0, frames);
    }
    return ending(why);
  }

  private void finish() {
    if (piece.kept() > source) {
      line();
    }
    if (source > 0) {
      emit(source - 1); // an action whose document never came
    }
  }

  private Ending ending(@Nullable Refusal fault) {
    if (tooMany) {
      return new Ending.Refused(Refusal.tooLarge("Send at most 100,000 items at once."));
    }
    byte[] left = rest.toByteArray();
    return frames.count() == 0
        ? new Ending.Done(answer.empty())
        : frames.kept("bulk", (first, batch) -> answer.of(first, batch, left, fault));
  }

  private void line() {
    int end = piece.kept();
    while (end > source && isBlank(piece.bytes()[end - 1])) {
      end--;
    }
    if (source == 0 && end == 0) {
      piece.clear(); // an empty line between items
      return;
    }
    if (source > 0 || !awaitsSource(end)) {
      emit(end);
    } else {
      piece.shorten(end);
      piece.add(LINE_END, 0, 1);
      source = piece.kept();
    }
  }

  // Reads the line as an action.
  private boolean awaitsSource(int end) {
    var read = action.read(piece.bytes(), start(end), end);
    kind = read;
    return read != null && read.hasSource() && end < limit && !piece.isCut();
  }

  private int start(int end) {
    int at = 0;
    while (at < end && isBlank(piece.bytes()[at])) {
      at++;
    }
    return at;
  }

  private void emit(int end) {
    var whose = kind;
    if (frames.count() + rest.size() >= MOST_LINES) {
      tooMany = true;
    } else if (whose != null && items == MOST_ITEMS) {
      rest.write(whose.ordinal());
    } else {
      items += whose == null ? 0 : 1;
      piece.emit(start(end), end, (byte) 0, frames);
    }
    piece.clear();
    source = 0;
    kind = null;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
