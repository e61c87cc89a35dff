package mo.farol.post;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/**
 * The headers of one request, or its trailers: so many at most. Within the bytes that headers may
 * have there is room for 4,096 of two bytes, for which a connection would hold some 390 KB before
 * anybody knows whose it is.
 */
final class FewHeaders extends DefaultHttpHeaders {
  static final int MOST = 128;

  private int count;

  private FewHeaders(DefaultHttpHeadersFactory rules) {
    super(rules.getNameValidator(), rules.getValueValidator());
  }

  /** Makes headers that keep these rules for names and values. */
  static HttpHeadersFactory by(DefaultHttpHeadersFactory rules) {
    return new HttpHeadersFactory() {
      @Override
      public HttpHeaders newHeaders() {
        return new FewHeaders(rules);
      }

      @Override
      public HttpHeaders newEmptyHeaders() {
        return new FewHeaders(rules);
      }
    };
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    if (++count > MOST) {
      throw new TooLongHttpHeaderException("more than " + MOST + " headers");
    }
    return super.add(name, value);
  }
}
