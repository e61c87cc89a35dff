package mo.farol.store;

import java.io.IOException;
import java.util.List;
import mo.farol.event.Scope;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of one segment's events that a scope may see, in turn: those of other agencies are
 * leapt over, so that nobody waits for what others send.
 */
final class ShapeTerms {
  private final List<BytesRef> prefixes;
  private final @Nullable TermsEnum terms;
  private int at = -1;
  private @Nullable PostingsEnum events;

  ShapeTerms(LeafReader reader, Scope scope) throws IOException {
    prefixes = prefixes(scope);
    var all = reader.terms(Layout.TERMS);
    terms = all == null ? null : all.iterator();
  }

  /** What the shapes begin with that a scope may see. */
  static List<BytesRef> prefixes(Scope scope) {
    return switch (scope) {
      case Scope.National _ -> List.of(new BytesRef(new byte[] {Layout.SHAPE}));
      case Scope.Agencies(var ids) ->
          ids.stream().sorted().map(id -> new BytesRef(Layout.prefix(Layout.SHAPE, id))).toList();
    };
  }

  /** Goes to the first or the next one; false where there is none. */
  boolean next() throws IOException {
    if (terms == null) {
      return false;
    }
    if (at >= 0 && terms.next() != null && isHere()) {
      return true;
    }
    while (++at < prefixes.size()) {
      if (terms.seekCeil(prefixes.get(at)) != TermsEnum.SeekStatus.END && isHere()) {
        return true;
      }
    }
    return false;
  }

  private boolean isHere() throws IOException {
    return terms != null && StringHelper.startsWith(terms.term(), prefixes.get(at));
  }

  /**
   * Agency first, then the names, then an empty text. Where the first name is empty too, the events
   * have another one before.
   */
  String[] names() throws IOException {
    return open().term().utf8ToString().substring(1).split("\0", -1);
  }

  /** The events that have it, those removed included. */
  PostingsEnum events() throws IOException {
    var all = open().postings(events, PostingsEnum.NONE);
    events = all;
    return all;
  }

  private TermsEnum open() {
    if (terms == null) {
      throw new IllegalStateException("there is no shape to stand on");
    }
    return terms;
  }
}
