package mo.farol.window;

/**
 * What all tables work with.
 *
 * @param hash keyed; one thread at a time
 */
record Workshop(
    WindowConfig config, Counts counts, Shares shares, SipHash hash, LateHit.Sink late) {}
