package mo.farol.post;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import mo.farol.wire.Appender;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.Inlet;

/** Handlers of the HTTP listener. */
public final class HttpInputs {
  private static final int LINE_BYTES = 4 << 10;
  private static final int HEADER_BYTES = 8 << 10;

  private final Inlet inlet;
  private final Appender appender;
  private final Gate gate;
  private final HttpDecoderConfig decoding =
      new HttpDecoderConfig().setMaxInitialLineLength(LINE_BYTES).setMaxHeaderSize(HEADER_BYTES);

  public HttpInputs(Inlet inlet, IngestTokens tokens) {
    this.inlet = inlet;
    this.appender = inlet.appender("http");
    this.gate = new Gate(tokens, appender);
  }

  /**
   * Puts the handlers of one connection into its pipeline.
   *
   * @param agency whose client certificate was shown; empty for none, then a token decides
   */
  public void furnish(Channel channel, String agency) {
    var deadline = new HttpDeadline();
    channel
        .pipeline()
        .addLast(deadline)
        .addLast(new HttpServerCodec(decoding))
        .addLast(new FlowControlHandler())
        .addLast(
            new HttpEvents(gate, agency, deadline, appender, inlet.counts(), inlet.frameLimit()));
  }
}
