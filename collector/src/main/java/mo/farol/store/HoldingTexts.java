package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Accepts values of any field that hold one of some texts, or that may be cut. Where a field's
 * terms have a guide, only those runs of them are gone through that may hold one.
 *
 * @param texts as the index keeps values, none empty
 */
record HoldingTexts(List<BytesRef> texts) implements MatchingTerms.Choosing {
  @Override
  public boolean test(BytesRef term) {
    return test(term, term.offset + nameEnd(term) + 1);
  }

  private boolean test(BytesRef term, int from) {
    if (term.length > KeptValues.SURELY_WHOLE) {
      return true;
    }
    int to = term.offset + term.length;
    for (int i = 0; i < texts.size(); i++) {
      if (holds(term.bytes, from, to, texts.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(byte[] bytes, int from, int to, BytesRef text) {
    byte first = text.bytes[text.offset];
    int textEnd = text.offset + text.length;
    for (int i = from; i <= to - text.length; i++) {
      if (bytes[i] == first
          && Arrays.equals(bytes, i, i + text.length, text.bytes, text.offset, textEnd)) {
        return true;
      }
    }
    return false;
  }

  private static int nameEnd(BytesRef term) {
    int at = 1;
    while (at < term.length && term.bytes[term.offset + at] != 0) {
      at++;
    }
    return at;
  }

  @Override
  public TermsEnum among(Terms terms, BytesRef prefix) throws IOException {
    return new Held(terms, prefix);
  }

  /** Goes from field to field, and in each from run to run. */
  private final class Held extends FilteredTermsEnum {
    private final Literals literals = Literals.ofOne(texts);
    private final Terms all;
    private final BytesRef kind;
    private BytesRef field = new BytesRef();
    private @Nullable BytesRef seek;
    private @Nullable TrigramRuns runs;
    private boolean isOver;

    Held(Terms all, BytesRef kind) throws IOException {
      super(all.iterator());
      this.all = all;
      this.kind = kind;
      seek = kind;
    }

    @Override
    protected @Nullable BytesRef nextSeekTerm(@Nullable BytesRef current) {
      return seek;
    }

    @Override
    protected AcceptStatus accept(BytesRef term) throws IOException {
      if (!StringHelper.startsWith(term, kind)) {
        return AcceptStatus.END;
      }
      boolean isNew = field.length == 0 || !StringHelper.startsWith(term, field);
      if (isNew) {
        enter(term);
      }
      var some = runs;
      return some == null || reaches(some, term, isNew) ? tested(term) : AcceptStatus.NO_AND_SEEK;
    }

    private AcceptStatus tested(BytesRef term) {
      return test(term, term.offset + field.length) ? AcceptStatus.YES : AcceptStatus.NO;
    }

    private void enter(BytesRef term) throws IOException {
      field =
          new BytesRef(
              Arrays.copyOfRange(term.bytes, term.offset, term.offset + nameEnd(term) + 1));
      var guide = TrigramPostings.guide(all, field);
      var some =
          guide != null && guide.longest() <= KeptValues.SURELY_WHOLE - field.length
              ? guide.runs(literals, new BytesRef(), null)
              : null;
      runs = some;
      isOver = some != null && !some.next();
    }

    // Whether a term lies in a run that may hold one; else it is known where to go on.
    private boolean reaches(TrigramRuns some, BytesRef term, boolean isNew) throws IOException {
      boolean isElsewhere = isNew;
      while (!isOver && some.isBehind(term)) {
        isOver = !some.next();
        isElsewhere = true;
      }
      seek = isOver ? behindField() : some.from();
      return !isOver && (!isElsewhere || term.compareTo(some.from()) >= 0);
    }

    // The zero at its end is the least that can stand there.
    private BytesRef behindField() {
      byte[] behind = field.bytes.clone();
      behind[behind.length - 1] = 1;
      return new BytesRef(behind);
    }
  }
}
