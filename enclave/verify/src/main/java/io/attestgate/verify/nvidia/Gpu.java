package io.attestgate.verify.nvidia;

/** A GPU that passed every check of its own. */
record Gpu(Report report, Device device, Manifests.Judged judged) {}
