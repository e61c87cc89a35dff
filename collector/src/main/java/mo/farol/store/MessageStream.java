package mo.farol.store;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/** The words of a message, straight from its bytes into the index. */
final class MessageStream extends TokenStream {
  private final Tokens tokens = new Tokens();
  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final BytesRef word = new BytesRef();

  void over(byte[] text, int from, int to) {
    tokens.over(text, from, to);
  }

  // The stream is used again for the next document: what the last one left behind must go.
  @Override
  public void reset() {
    clearAttributes();
  }

  @Override
  public boolean incrementToken() {
    if (!tokens.next()) {
      return false;
    }
    word.bytes = tokens.word();
    word.offset = 0;
    word.length = tokens.length();
    term.setBytesRef(word);
    return true;
  }
}
