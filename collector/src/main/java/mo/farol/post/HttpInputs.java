package mo.farol.post;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mo.farol.wire.Appender;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.Inlet;

/** Handlers of the HTTP listener: one router, and behind it a protocol a path. */
public final class HttpInputs {
  private static final int LINE_BYTES = 4 << 10;
  private static final int HEADER_BYTES = 8 << 10;

  private final Inlet inlet;
  private final Map<String, Appender> appenders = new TreeMap<>();
  private final Gate gate;
  private final HttpDecoderConfig decoding =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(LINE_BYTES)
          .setMaxHeaderSize(HEADER_BYTES)
          .setHeadersFactory(FewHeaders.by(DefaultHttpHeadersFactory.headersFactory()))
          .setTrailersFactory(FewHeaders.by(DefaultHttpHeadersFactory.trailersFactory()));

  /**
   * @param protocols asked in this order whose a path is
   */
  public HttpInputs(Inlet inlet, IngestTokens tokens, List<Protocol> protocols) {
    this.inlet = inlet;
    protocols.forEach(p -> appenders.put(p.name(), inlet.appender(p.name())));
    this.gate = new Gate(protocols, tokens, inlet.appender("http"), inlet.budget());
  }

  /**
   * Puts the handlers of one connection into its pipeline.
   *
   * @param agency whose client certificate was shown; empty for none, then a token decides
   */
  public void initialize(Channel channel, String agency) {
    var deadline = new HttpDeadline();
    var pipelined = new Pipelined(inlet.counts());
    channel
        .pipeline()
        .addLast(deadline)
        .addLast(new HttpServerCodec(decoding))
        .addLast(pipelined)
        .addLast(new FlowControlHandler())
        .addLast(new HttpConnection(gate, agency, deadline, pipelined, appenders, inlet));
  }
}
