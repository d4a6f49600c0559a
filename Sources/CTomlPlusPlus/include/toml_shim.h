#ifndef CTOML_SHIM_H
#define CTOML_SHIM_H
/* The C face of toml++: filled by Configuration's needs. */
#endif
