package io.attestgate.attest.tsm;

import io.attestgate.attest.device.ErrnoException;

/** Passes everything on, to be overridden where a test wants something else. */
class TsmFilesBehind implements TsmFiles {
    private final TsmFiles behind;

    TsmFilesBehind(TsmFiles behind) {
        this.behind = behind;
    }

    @Override
    public void make(String entry) throws ErrnoException {
        behind.make(entry);
    }

    @Override
    public void remove(String entry) throws ErrnoException {
        behind.remove(entry);
    }

    @Override
    public boolean has(String entry, String attribute) {
        return behind.has(entry, attribute);
    }

    @Override
    public byte[] read(String entry, String attribute, int sizeBytesMax) throws ErrnoException {
        return behind.read(entry, attribute, sizeBytesMax);
    }

    @Override
    public void write(String entry, String attribute, byte[] content) throws ErrnoException {
        behind.write(entry, attribute, content);
    }
}
