//! Keeps and forwards bytes, and checks who may.
