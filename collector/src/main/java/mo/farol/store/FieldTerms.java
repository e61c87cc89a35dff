package mo.farol.store;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** The values that a field has in one segment, in order, each with its events. */
final class FieldTerms {
  private final BytesRef prefix;
  private final LeafReader reader;
  private @Nullable TermsEnum terms;
  private @Nullable PostingsEnum events;

  FieldTerms(String field, LeafReader reader) {
    prefix = new BytesRef(Layout.prefix(Layout.isOwn(field) ? Layout.OWN : Layout.VALUE, field));
    this.reader = reader;
  }

  /** Goes to the first value, or to the next one; false where there is none. */
  boolean next() throws IOException {
    var open = terms;
    if (open != null) {
      return open.next() != null && StringHelper.startsWith(open.term(), prefix);
    }
    var all = reader.terms(Layout.TERMS);
    if (all == null) {
      return false;
    }
    open = all.iterator();
    terms = open;
    return open.seekCeil(prefix) != TermsEnum.SeekStatus.END
        && StringHelper.startsWith(open.term(), prefix);
  }

  /** Starts over. */
  void rewind() {
    terms = null;
  }

  /** The value, as long as a facet keeps it, so that all segments tell values apart alike. */
  BytesRef value() throws IOException {
    var term = open().term();
    int from = term.offset + prefix.length;
    int end = term.offset + term.length;
    int to = Utf8.whole(term.bytes, from, Math.min(end, from + Layout.LONGEST_FACET), end);
    return new BytesRef(term.bytes, from, to - from);
  }

  /** How many events have it, those removed included. */
  int frequency() throws IOException {
    return open().docFreq();
  }

  /** The events that have it, those removed included. */
  PostingsEnum events() throws IOException {
    var all = open().postings(events, PostingsEnum.NONE);
    events = all;
    return all;
  }

  private TermsEnum open() {
    var open = terms;
    if (open == null) {
      throw new IllegalStateException("there is no value to stand on");
    }
    return open;
  }
}
