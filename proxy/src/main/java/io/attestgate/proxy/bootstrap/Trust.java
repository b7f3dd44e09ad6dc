package io.attestgate.proxy.bootstrap;

/** How a finalised header is justified before anything is read under it. */
public enum Trust {
    /**
     * One endpoint is believed about which block is final. It fits a chain of one's own machine, so
     * only the simulated platform accepts it.
     */
    DEVNET
}
