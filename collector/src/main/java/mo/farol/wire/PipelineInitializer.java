package mo.farol.wire;

import io.netty.channel.Channel;

/** Puts an input's handlers into a connection's pipeline. */
public interface PipelineInitializer {
  /**
   * @param agency whose connection it is; empty where that is not known yet
   */
  void initialize(Channel channel, String agency);
}
