"""End-to-end proofs of what a merchant must be able to do: real flows, real HTTP, both sides."""
