/**
 * Tests on real nodes: processes of their own, with the plugins installed as a person installs them, asked over HTTP.
 * {@link org.hybridir.rest.RealNodes} starts what they share; the YAML tests in {@code test/} run in
 * {@link org.hybridir.rest.RestSpecIT}. What needs no node of its own is tested in the modules.
 */
package org.hybridir.rest;
