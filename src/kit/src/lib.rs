//! Buttons, fields and charts that know no citizen.
