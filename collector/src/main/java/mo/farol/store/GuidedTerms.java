package mo.farol.store;

import java.io.IOException;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.jspecify.annotations.Nullable;

/** Terms that fit, in the runs that may hold some: what lies between is leapt over. */
final class GuidedTerms extends FilteredTermsEnum {
  private final TrigramRuns runs;
  private final ByteRunAutomaton pattern;
  private boolean isOver;

  GuidedTerms(TermsEnum all, TrigramRuns runs, ByteRunAutomaton pattern) throws IOException {
    super(all);
    this.runs = runs;
    this.pattern = pattern;
    isOver = !runs.next();
  }

  @Override
  protected @Nullable BytesRef nextSeekTerm(@Nullable BytesRef current) {
    return isOver ? null : runs.from();
  }

  @Override
  protected AcceptStatus accept(BytesRef term) throws IOException {
    boolean isElsewhere = false;
    while (runs.isBehind(term)) {
      if (!runs.next()) {
        isOver = true;
        return AcceptStatus.END;
      }
      isElsewhere = true;
    }
    if (isElsewhere && term.compareTo(runs.from()) < 0) {
      return AcceptStatus.NO_AND_SEEK;
    }
    return pattern.run(term.bytes, term.offset, term.length) ? AcceptStatus.YES : AcceptStatus.NO;
  }
}
