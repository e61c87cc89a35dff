package mo.farol.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Fields;

/**
 * What the long keywords of all log sources look for anywhere in an event, looked for once: a line
 * of a web server is one of Linux, of syslog and of three kinds of web server besides. How many
 * they are costs nothing; short ones do cost, and stay with the sources that want them. Values that
 * are part of the message are not gone through again. Keeps scratch, so one thread at a time.
 */
final class KeywordIndex implements Trie.Found {
  private final GramIndex texts;
  private final Watcher[][] watchers; // by number of a shape
  private final long[] seen; // number -> stamp of the last event it was found in
  private long stamp;

  private record Watcher(SourceIndex index, int place) {}

  private KeywordIndex(GramIndex texts, List<List<Watcher>> watchers) {
    this.texts = texts;
    this.watchers =
        watchers.stream().map(some -> some.toArray(Watcher[]::new)).toArray(Watcher[][]::new);
    seen = new long[watchers.size()];
  }

  /** Tells the indexes that were opened for the event in view of each rule whose sign it shows. */
  void look(View view) {
    stamp = view.stamp();
    int message = view.slice(Fields.MESSAGE);
    for (int k = view.first(Columns.EVERY); k >= 0; k = view.next(Columns.EVERY, k)) {
      if (message < 0 || !view.isPartOf(k, message)) {
        byte[] folded = view.folded(k);
        texts.scan(folded, view.foldedFrom(k), view.foldedTo(k), this);
      }
    }
  }

  @Override
  public void pattern(int number) {
    if (seen[number] != stamp) {
      seen[number] = stamp;
      for (Watcher each : watchers[number]) {
        each.index.saw(each.place, stamp);
      }
    }
  }

  /** Collects keywords, source by source. */
  static final class Builder {
    private final Map<Shape, Integer> numbers = new HashMap<>();
    private final List<List<Watcher>> watchers = new ArrayList<>();
    private final GramIndex.Builder texts = new GramIndex.Builder();

    /**
     * Adds a sign.
     *
     * @param shape of texts of at least {@link GramIndex#LONG} bytes
     * @param place of the rule in its source
     */
    void add(Shape.Inside shape, SourceIndex index, int place) {
      Integer number = numbers.get(shape);
      if (number == null) {
        number = watchers.size();
        numbers.put(shape, number);
        watchers.add(new ArrayList<>());
        for (String text : shape.anyOf()) {
          texts.add(Shape.bytes(text), number);
        }
      }
      watchers.get(number).add(new Watcher(index, place));
    }

    KeywordIndex build() {
      return new KeywordIndex(texts.build(), watchers);
    }
  }
}
