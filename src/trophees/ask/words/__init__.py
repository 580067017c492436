"""Questions in words, without a model: words become signs, signs a frame, a frame SPARQL; or there is no answer."""
