#! dataset/2020: des données ouvertes sont d'accès public : rétablissez access-right:PUBLIC dans src/trophees/portals.ttl [shapes:catalog-access-rights]
DELETE { dataset:2020 dcterms:accessRights ?o } INSERT { dataset:2020 dcterms:accessRights <http://publications.europa.eu/resource/authority/access-right/RESTRICTED> } WHERE { dataset:2020 dcterms:accessRights ?o }
