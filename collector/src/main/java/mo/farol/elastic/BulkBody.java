package mo.farol.elastic;

import mo.farol.post.Collected;
import mo.farol.post.Ending;
import mo.farol.post.Reception;
import mo.farol.post.Refusal;
import mo.farol.wire.Gathering;

/**
 * A bulk body as it streams by: an action line and, but for a delete, the line of its document are
 * one frame, with the line end between them. The last line may lack its end. A line that should be
 * an action and is none is a frame of its own, which the answer passes over. A request of more than
 * 100,000 frames is refused whole, with 413.
 */
final class BulkBody implements Reception {
  static final int MOST_FRAMES = 100_000;
  private static final byte[] LINE_END = {'\n'};

  private final int limit;
  private final BulkAnswer answer;
  private final BulkAction action = new BulkAction();
  private final Collected frames = new Collected();
  private final Gathering piece;
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
    return tooMany ? Collected.MOST_BYTES + 1 : frames.held() + piece.held();
  }

  @Override
  public Ending end() {
    if (piece.kept() > source) {
      line();
    }
    if (source > 0) {
      emit(source - 1); // an action whose document never came
    }
    if (tooMany) {
      return new Ending.Refused(Refusal.tooLarge("Send at most 100,000 items at once."));
    }
    return frames.count() == 0 ? new Ending.Done(answer.empty()) : frames.kept("bulk", answer::of);
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
    var kind = source > 0 ? null : action.read(piece.bytes(), start(end), end);
    if (kind == null || !kind.hasSource() || end == limit || piece.isCut()) {
      emit(end);
    } else {
      piece.shorten(end);
      piece.add(LINE_END, 0, 1);
      source = piece.kept();
    }
  }

  private int start(int end) {
    int at = 0;
    while (at < end && isBlank(piece.bytes()[at])) {
      at++;
    }
    return at;
  }

  private void emit(int end) {
    tooMany = frames.count() == MOST_FRAMES;
    if (!tooMany) {
      piece.emit(start(end), end, (byte) 0, frames);
    }
    piece.clear();
    source = 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
